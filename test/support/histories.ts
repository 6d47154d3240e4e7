import fc from 'fast-check';
import { isRefusal, vocabulary } from '@credence/contracts';
import type { CommandRequest, Done, Ledger } from '@credence/runtime';
import type { Refusal } from '@credence/contracts';

/** One step of a random history: numbers pick among what exists when it is carried out. */
export interface Step {
  readonly kind: keyof typeof STEPS;
  readonly pick: readonly [number, number, number];
  readonly word: number;
}

/** What a history has made so far, by section. */
export interface Made {
  readonly sources: string[];
  readonly claims: string[];
  /** assertion, claim */
  readonly assertions: (readonly [string, string])[];
  /** retraction, target, command that lifts it */
  readonly retractions: (readonly [string, string, string])[];
  readonly links: string[];
  readonly derivations: string[];
  readonly decisions: string[];
  readonly units: string[];
}

export const nothingMade = (): Made => ({
  sources: [],
  claims: [],
  assertions: [],
  retractions: [],
  links: [],
  derivations: [],
  decisions: [],
  units: [],
});

type Request = Omit<CommandRequest, 'actor'>;
const of = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)];
const REASONS = ['typing error', 'read again', 'the editor asked', 'new evidence'];
const DATES = ['2019-04-18', '[2017-01-18..2018-04-11]', '2017-03~', 'unknown', '2018/', '1/96/17', '2026-01'];
const TRUSTS = ['.9', '.3333', '0.05', '.999999'];
const reason = (n: number) => REASONS[n % REASONS.length] as string;
const withdrawal = (n: number) => ({
  by: of(vocabulary.WITHDRAWERS, n),
  ...(n % 3 === 0 ? { assertedAt: { edtf: of(DATES, n) } } : {}),
});

const STEPS = {
  source: (_, [a, b], w) => ({
    command: 'RegisterSource',
    data: {
      kind: of(vocabulary.SOURCE_KINDS, a),
      named: of(vocabulary.NAMED, b),
      ...(w % 3 === 0 ? {} : { grade: of(vocabulary.GRADES, w) }),
    },
    words: { name: `Source ${String(w)}`, ...(w % 3 === 0 ? {} : { gradeReason: 'exercise value' }) },
  }),
  claim: (_, [a], w) => ({
    command: 'RecordClaim',
    data: { form: of(vocabulary.CLAIM_FORMS, a), ...(w % 2 === 0 ? { holdsDuring: { edtf: of(DATES, w) } } : {}) },
    words: { text: `Claim ${String(w)}.`, topics: [`topic-${String(w % 3)}`] },
  }),
  origin: (made, [a, b, c], w) =>
    made.claims.length && made.sources.length
      ? {
          command: 'RecordAssertion',
          target: of(made.claims, a) as string,
          data: {
            source: of(made.sources, b),
            stance: of(
              vocabulary.STANCES.filter(s => s !== 'no-recall-expected'),
              c,
            ),
            basis: of(vocabulary.BASES, w),
            hold: w % 2 === 0 ? 'held' : 'cited',
            assertedAt: { edtf: of(DATES, w) },
          },
          words: w % 2 === 0 ? { holdReason: 'in the file' } : {},
        }
      : undefined,
  relay: (made, [a, b, c], w) => {
    const cited = of(made.assertions, a);
    if (cited === undefined || made.sources.length === 0) return undefined;
    const other = made.assertions.filter(([, claim]) => claim === cited[1])[c % 3];
    const relays = [{ assertion: cited[0], how: of(vocabulary.HOWS, w), fidelity: of(vocabulary.FIDELITIES, c) }];
    if (other !== undefined && other[0] !== cited[0])
      relays.push({ assertion: other[0], how: 'verbatim', fidelity: 'faithful' });
    return {
      command: 'RecordAssertion',
      target: cited[1],
      data: {
        source: of(made.sources, b),
        relays,
        hold: w % 3 === 0 ? 'cited' : 'held',
        assertedAt: { edtf: of(DATES, c) },
      },
      words: w % 3 === 0 ? {} : { holdReason: 'in the file' },
    };
  },
  correctClaim: (made, [a], w) =>
    made.claims.length
      ? {
          command: 'CorrectClaim',
          target: of(made.claims, a) as string,
          data: { set: {} },
          words: { set: { text: `Claim ${String(w % 5)}, corrected.` }, reason: reason(w) },
        }
      : undefined,
  correctAssertion: (made, [a, b], w) => {
    const target = of(made.assertions, a);
    if (target === undefined) return undefined;
    const ring = made.assertions.filter(([id, claim]) => claim === target[1] && id !== target[0])[b % 4];
    const set =
      ring !== undefined && w % 2 === 0 ? { relays: [{ assertion: ring[0] }] } : { basis: of(vocabulary.BASES, b) };
    return { command: 'CorrectAssertion', target: target[0], data: { set }, words: { set: {}, reason: reason(w) } };
  },
  reviseAssertion: (made, [a, b], w) =>
    made.assertions.length
      ? {
          command: 'ReviseAssertion',
          target: of(made.assertions, a)?.[0] as string,
          data: { set: { stance: of(['asserts', 'denies', 'no-recall'], b) }, assertedAt: { edtf: of(DATES, w) } },
          words: { set: {}, reason: reason(w) },
        }
      : undefined,
  grade: (made, [a, b], w) =>
    made.sources.length
      ? {
          command: 'GradeSource',
          target: of(made.sources, a) as string,
          data: { grade: of(vocabulary.GRADES, b) },
          words: { reason: reason(w) },
        }
      : undefined,
  describe: (made, [a, b], w) =>
    made.sources.length
      ? {
          command: 'DescribeSource',
          target: of(made.sources, a) as string,
          data: {
            set: { ...(w % 2 === 0 ? { kind: of(vocabulary.SOURCE_KINDS, b) } : {}), named: of(vocabulary.NAMED, w) },
          },
          words: { set: { name: `Source ${String(w % 7)}, as described` }, reason: reason(w) },
        }
      : undefined,
  retractSource: (made, [a], w) =>
    made.sources.length
      ? {
          command: 'RetractSource',
          target: of(made.sources, a) as string,
          data: withdrawal(w),
          words: { reason: reason(w) },
        }
      : undefined,
  retractClaim: (made, [a, b], w) =>
    made.claims.length && b % 2 === 0
      ? {
          command: 'RetractClaim',
          target: of(made.claims, a) as string,
          data: withdrawal(w),
          words: { reason: reason(w) },
        }
      : undefined,
  retractAssertion: (made, [a], w) =>
    made.assertions.length
      ? {
          command: 'RetractAssertion',
          target: of(made.assertions, a)?.[0] as string,
          data: withdrawal(w),
          words: { reason: reason(w) },
        }
      : undefined,
  reinstate: (made, [a], w) => {
    const lifted = of(made.retractions, a);
    return lifted === undefined
      ? undefined
      : { command: lifted[2], target: lifted[1], data: { retraction: lifted[0] }, words: { reason: reason(w) } };
  },
  link: (made, [a, b, c], w) =>
    made.claims.length > 1
      ? {
          command: 'LinkClaims',
          target: of(made.claims, a) as string,
          data: { to: of(made.claims, b), kind: of(vocabulary.LINK_KINDS, c) },
          words: { reason: reason(w) },
        }
      : undefined,
  unlink: (made, [a], w) =>
    made.links.length
      ? { command: 'RemoveClaimLink', target: of(made.links, a) as string, data: {}, words: { reason: reason(w) } }
      : undefined,
  derive: (made, [a, b, c], w) =>
    made.claims.length > 1
      ? {
          command: 'RecordDerivation',
          target: of(made.claims, a) as string,
          data: {
            premises: [...new Set([of(made.claims, b), of(made.claims, c)])],
            polarity: of(vocabulary.POLARITIES, w),
            phi: '0.8',
          },
          words: { reason: reason(w) },
        }
      : undefined,
  underive: (made, [a], w) =>
    made.derivations.length
      ? {
          command: 'RemoveDerivation',
          target: of(made.derivations, a) as string,
          data: {},
          words: { reason: reason(w) },
        }
      : undefined,
  supersede: (made, [a, b], w) =>
    made.claims.length > 1
      ? {
          command: 'SupersedeClaim',
          target: of(made.claims, a) as string,
          data: { successor: of(made.claims, b) },
          words: { reason: reason(w) },
        }
      : undefined,
  decide: (made, [a], w) =>
    made.claims.length
      ? {
          command: 'RecordDecision',
          target: of(made.claims, a) as string,
          data: {},
          words: { verdict: 'print', by: 'desk', reason: reason(w) },
        }
      : undefined,
  confirm: (made, [a], w) =>
    made.claims.length
      ? { command: 'ConfirmClaim', target: of(made.claims, a) as string, data: {}, words: { reason: reason(w) } }
      : undefined,
  unit: (made, [a, b], w) =>
    made.sources.length
      ? {
          command: 'DeclareUnit',
          data: { members: [...new Set([of(made.sources, a), of(made.sources, b)])] },
          words: { reason: reason(w) },
        }
      : undefined,
  members: (made, [a, b, c], w) =>
    made.units.length
      ? {
          command: 'ChangeUnitMembers',
          target: of(made.units, a) as string,
          data: { add: [of(made.sources, b)], ...(w % 2 === 0 ? { remove: [of(made.sources, c)] } : {}) },
          words: { reason: reason(w) },
        }
      : undefined,
  policy: (_, [a, b], w) => ({
    command: 'AdoptPolicy',
    data: {
      ...(a % 3 === 0 ? {} : { trust: { [of(['A', 'B', 'C', 'D', 'E', 'F'], b) as string]: of(TRUSTS, w) } }),
      ...(a % 3 === 1 ? {} : { pooledGrades: vocabulary.GRADES.slice(b % 7), weight: 1 + (w % 3) }),
      ...(w % 4 === 0 ? { relays: { paraphrase: of(TRUSTS, a) }, originThreshold: '.7' } : {}),
      ...(w % 4 === 1 ? { unstatedShare: of(TRUSTS, b), independentChains: 1 + (a % 3) } : {}),
    },
    words: { reason: reason(w) },
  }),
  dissolve: (made, [a, b], w) =>
    made.units.length && b % 2 === 0
      ? { command: 'DissolveUnit', target: of(made.units, a) as string, data: {}, words: { reason: reason(w) } }
      : undefined,
} satisfies Record<string, (made: Made, pick: readonly [number, number, number], word: number) => Request | undefined>;

/** Much of what makes a ledger, less of what changes it, and more of that where two have to come together. */
const WEIGHTS: Partial<Record<keyof typeof STEPS, number>> = {
  ...{ source: 4, claim: 4, origin: 9, relay: 7 },
  ...{ reinstate: 9, members: 4, dissolve: 4, unlink: 5, underive: 8, supersede: 2, reviseAssertion: 2 },
  ...{ retractClaim: 3, retractSource: 2, unit: 2, derive: 2 },
};

const small = fc.nat({ max: 40 });
export const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    ...(Object.keys(STEPS) as (keyof typeof STEPS)[]).map(kind => ({
      weight: WEIGHTS[kind] ?? 1,
      arbitrary: fc.constant(kind),
    })),
  ),
  pick: fc.tuple(small, small, small),
  word: small,
});

/** A dossier that is imported, perhaps again, and perhaps with other words. */
export interface Import {
  readonly kind: 'dossier';
  readonly dossier: number;
  readonly word: number;
}

/** What happens to a ledger: a command, or an import. */
export type Happening = Step | Import;

const imported: fc.Arbitrary<Import> = fc.record({
  kind: fc.constant('dossier' as const),
  dossier: fc.nat({ max: 1 }),
  word: small,
});

/** Random histories with dossiers among the commands. */
export const happenings = (maxLength: number): fc.Arbitrary<Happening[]> =>
  fc.array(fc.oneof({ weight: 24, arbitrary: step }, { weight: 1, arbitrary: imported }), {
    minLength: Math.min(maxLength, 8),
    maxLength,
    size: 'max',
  });

/** Random histories: mostly commands that are carried out, some that are refused. */
export const history = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(step, { minLength: 4, maxLength, size: 'max' });

/** What a step does while there is nothing for it to act on: make some of that. */
const INSTEAD: Partial<Record<keyof typeof STEPS, keyof typeof STEPS>> = {
  ...{
    reinstate: 'retractAssertion',
    retractAssertion: 'origin',
    reviseAssertion: 'origin',
    correctAssertion: 'origin',
  },
  ...{ relay: 'origin', unlink: 'link', underive: 'derive', members: 'unit', dissolve: 'unit' },
  ...{ retractClaim: 'claim', supersede: 'claim', link: 'claim', derive: 'claim', correctClaim: 'claim' },
  ...{ retractSource: 'source', grade: 'source', describe: 'source', unit: 'source' },
};

/** The command of a step, or undefined while there is nothing for it to act on. */
export function requestOf({ kind, pick, word }: Step, made: Made): Request | undefined {
  const command = STEPS[kind] as (made: Made, pick: Step['pick'], word: number) => Request | undefined;
  const instead = INSTEAD[kind];
  return (
    command(made, pick, word) ?? (instead === undefined ? undefined : requestOf({ kind: instead, pick, word }, made))
  );
}

/** Carries a step out and remembers what it made. */
export async function carryOut(
  ledger: Ledger,
  step: Step,
  made: Made,
  options: { readonly idempotencyKey?: string } = {},
): Promise<Done | Refusal | undefined> {
  const request = requestOf(step, made);
  if (request === undefined) return undefined;
  const outcome = await ledger.execute({ actor: 'ada', ...request, ...options });
  if (!isRefusal(outcome) && !outcome.replayed) remember(request, outcome, made);
  return outcome;
}

/** Carries out what happens; what an import made is remembered like the rest. */
export async function happen(ledger: Ledger, what: Happening, made: Made): Promise<void> {
  if (what.kind !== 'dossier') return void (await carryOut(ledger, what, made));
  const { dossier, word } = what;
  const bytes = Buffer.from(JSON.stringify(dossierOf(dossier, word)));
  await ledger.importDossier({ file: 'x.json', bytes, readFile: async () => undefined, actor: 'ada' });
  const idOf = async (section: 'sources' | 'claims' | 'assertions' | 'units', key: string) =>
    (await ledger.locate(`dossier-${String(dossier)}:${key}`, [section]).catch(() => undefined))?.id;
  const noted = <T>(list: T[], thing: T, same: (a: T) => boolean) => void (list.some(same) || list.push(thing));
  for (const key of ['s0', 's1']) {
    const id = await idOf('sources', key);
    if (id !== undefined) noted(made.sources, id, other => other === id);
  }
  const claim = await idOf('claims', 'c0');
  for (const id of [claim, await idOf('claims', 'c1')])
    if (id !== undefined) noted(made.claims, id, other => other === id);
  for (const key of ['a0', 'a1']) {
    const id = await idOf('assertions', key);
    if (id !== undefined && claim !== undefined) noted(made.assertions, [id, claim], ([other]) => other === id);
  }
  const unit = await idOf('units', 'u');
  if (unit !== undefined) noted(made.units, unit, other => other === unit);
}

/** Of each word another edit of the same entries. */
const dossierOf = (dossier: number, w: number): object => ({
  dossier: 1,
  id: `dossier-${String(dossier)}`,
  reason: reason(w),
  sources: [
    { key: 's0', kind: 'record', name: `Paper ${String(w % 3)}`, grade: of(vocabulary.GRADES, w), gradeReason: 'told' },
    { key: 's1', kind: 'person', name: 'Witness', named: of(vocabulary.NAMED, w) },
  ],
  claims: [
    { key: 'c0', text: `Claim ${String(w % 4)} of the dossier.`, topics: ['topic-1'], holdsDuring: of(DATES, w) },
    { key: 'c1', text: 'Another claim of the dossier.' },
  ],
  assertions: [
    {
      ...{ key: 'a0', claim: 'c0', source: 's1', basis: 'first-hand', assertedAt: of(DATES, w + 1) },
      stance: of(['asserts', 'denies', 'likely'], w),
    },
    {
      ...{ key: 'a1', claim: 'c0', source: 's0', hold: 'held', holdReason: 'in the file' },
      ...{ relays: [{ assertion: 'a0', how: of(vocabulary.HOWS, w) }], assertedAt: of(DATES, w + 2) },
    },
  ],
  units: [{ key: 'u', members: w % 2 === 0 ? ['s0', 's1'] : ['s0'], reason: 'one house' }],
  links: [{ key: 'l', from: 'c0', to: 'c1', kind: of(['complement', 'contrary', 'same-as'], w), reason: 'as told' }],
  derivations: [{ key: 'd', conclusion: 'c1', premises: ['c0'], phi: of(['.5', '.9'], w), reason: 'as told' }],
  changes: w % 3 === 0 ? [{ key: 'r', target: 'assertions/a0', kind: 'retract', by: 'speaker', reason: 'no' }] : [],
});

function remember({ command, target = '' }: Request, { receipt }: Done, made: Made): void {
  if (receipt.events.length === 0) return;
  const { id, stream } = receipt;
  switch (command) {
    case 'RegisterSource':
      return void made.sources.push(id);
    case 'RecordClaim':
      return void made.claims.push(id);
    case 'RecordAssertion':
      return void made.assertions.push([id, stream.slice('claim-'.length)]);
    case 'RetractSource':
      return void made.retractions.push([id, target, 'ReinstateSource']);
    case 'RetractClaim':
    case 'SupersedeClaim':
      return void made.retractions.push([id, target, 'ReinstateClaim']);
    case 'RetractAssertion':
      return void made.retractions.push([id, target, 'ReinstateAssertion']);
    case 'LinkClaims':
      return void made.links.push(id);
    case 'RecordDerivation':
      return void made.derivations.push(id);
    case 'RecordDecision':
      return void made.decisions.push(id);
    case 'DeclareUnit':
      return void made.units.push(id);
  }
}
