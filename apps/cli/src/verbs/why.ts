import type { Ledger } from '@credence/runtime';
import type { ClaimAnswer } from '@credence/views';
import { readOptions } from '../options/common.js';
import { readerName } from '../screen/names.js';
import { cleaned } from '../screen/text.js';
import { stateWords } from '../screen/passages.js';
import { whyScreen } from '../screen/why.js';
import type { Verb } from '../verb.js';

/** The belief in a claim with every number that leads to it: a reader can compute each from those below it. */
export const verb: Verb = {
  define: command => readOptions(command.argument('<claim>', 'a reference to a claim')),
  examples: ['credence why gave-tillerson', 'credence why gave-tillerson --public-by 2019-06-30 --json'],
  run: async call => {
    const [reference = ''] = call.args;
    const ledger = await call.ledger('read');
    const body = await ledger.belief(reference, call.pins);
    if (call.json) return { body, screen: () => '' };
    // Under the same token, so that all of it speaks of one moment.
    const { token } = body.pins.asOf;
    const at = { ...call.pins, ...(token === null ? {} : { asOf: token }) };
    const claim = await ledger.claim(body.claim, at);
    const others = await Promise.all(othersOf(claim).map(id => ledger.claim(id, at)));
    const names = namesIn([claim, ...others]);
    const sources = [...body.core.pro.origins, ...body.core.con.origins].flatMap(({ chain }) =>
      chain.map(h => h.source),
    );
    await addSources(sources, names, ledger, at);
    return {
      body,
      screen: screen => whyScreen(cleaned(body), cleaned(claim.text), cleaned(names), doubtsIn(claim), screen),
    };
  },
};

/** Of the live assertions on the claim itself. */
const doubtsIn = ({ assertions }: ClaimAnswer) =>
  assertions.flatMap(({ id, live, passage }) => {
    const words = passage && stateWords(passage);
    return words === undefined || !live ? [] : [[id, words] as const];
  });

const MOST_OTHERS = 50;

/** Claims whose assertions or beliefs count here: at the other end of a link, and premises. */
function othersOf({ id, links, derivations }: ClaimAnswer): string[] {
  const ends = links.flatMap(({ from, to }) => [from, to]);
  const premises = derivations.flatMap(derivation => derivation['premises'] as string[]);
  return [...new Set([...ends, ...premises])].filter(other => other !== id).slice(0, MOST_OTHERS);
}

/** What assertions, sources and claims are called, by id. */
function namesIn(claims: readonly ClaimAnswer[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, text, assertions } of claims) {
    names.set(id, text);
    for (const { id: assertion, source } of assertions) {
      names.set(assertion, readerName(source));
      if (source !== null) names.set(source.id, readerName(source));
    }
  }
  return names;
}

async function addSources(ids: readonly string[], names: Map<string, string>, ledger: Ledger, at: object) {
  for (const id of new Set(ids)) {
    if (names.has(id)) continue;
    const source = await ledger.source(id, at).catch(() => undefined); // an unknown hop has none
    if (source !== undefined) names.set(id, readerName(source));
  }
}
