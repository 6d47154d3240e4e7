import { fields, p1 } from '@credence/contracts';
import type { PolicyNumbers, ProblemItem } from '@credence/contracts';
import { command } from '../command.js';
import { micro } from '../fraction.js';
import { alreadyExists, invalid } from '../refusals.js';

/** Adopts other numbers for the belief model, from now on; what is not given is p1's. What was believed before keeps its own. */
export const AdoptPolicy = command(
  'AdoptPolicy',
  { category: 'policy', target: null },
  { ...fields.policyGiven, makes: 'policy' },
  ({ data, words, target }, policy) => {
    if (policy.exists) return alreadyExists('policy', target);
    const { id: _, ...rest } = p1;
    const numbers: PolicyNumbers = {
      ...rest,
      ...data,
      trust: { ...p1.trust, ...data.trust },
      stances: { ...p1.stances, ...data.stances },
      relays: { ...p1.relays, ...data.relays },
      confidence: { ...p1.confidence, ...data.confidence },
    };
    const wrong = wrongWith(numbers);
    return wrong.length > 0 ? invalid(...wrong) : { type: 'PolicyAdopted', data: numbers, words };
  },
);

const ONE = 1_000_000;

/** What the model could not compute with. */
function wrongWith({ trust, trustUnnamed, stances, originThreshold, confidence }: PolicyNumbers): ProblemItem[] {
  const wrong: ProblemItem[] = [];
  const add = (pointer: string, code: string, detail: string) => wrong.push({ pointer, code, detail });
  for (const [grade, t] of Object.entries(trust))
    if (grade === 'G') {
      if (micro(t) !== 0) add('/trust/G', 'too-much', `found "${t}", wanted 0: a fabricator's word counts nothing`);
    } else if (micro(t) === ONE || micro(t) === 0)
      add(`/trust/${grade}`, 'out-of-range', `found "${t}", wanted more than 0 and less than 1`);
  if (micro(trustUnnamed) === ONE || micro(trustUnnamed) === 0)
    add('/trustUnnamed', 'out-of-range', `found "${trustUnnamed}", wanted more than 0 and less than 1`);
  for (const [stance, [b, d]] of Object.entries(stances))
    if (micro(b) + micro(d) > ONE) add(`/stances/${stance}`, 'too-much', 'b + d is more than 1');
  if (micro(originThreshold) === 0) add('/originThreshold', 'out-of-range', 'found 0, wanted more');
  if (micro(confidence.high) > micro(confidence.moderate))
    add('/confidence/high', 'out-of-range', 'high confidence has less uncertainty than moderate, not more');
  return wrong;
}
