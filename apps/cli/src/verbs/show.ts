import { isLedgerError } from '@credence/contracts';
import type { Ledger, Pinned, ReadParameters } from '@credence/runtime';
import type { ClaimAnswer, SourceAnswer } from '@credence/views';
import { readOptions } from '../options/common.js';
import { claimScreen } from '../screen/claim.js';
import { shortReference } from '../screen/names.js';
import { sourceScreen } from '../screen/source.js';
import { cleaned } from '../screen/text.js';
import type { Answer, Call, Verb } from '../verb.js';

/** A claim as an editor needs it: what is believed, how we know, what was decided. A source, if the reference names one. */
export const verb: Verb = {
  define: command => readOptions(command.argument('<claim>', 'a reference to a claim; or sources/<reference>')),
  examples: [
    'credence show gave-tillerson',
    'credence show gave-tillerson --as-of @41',
    'credence show sources/gazette',
  ],
  run: async call => {
    const [reference = ''] = call.args;
    const ledger = await call.ledger('read');
    if (reference.startsWith('sources/')) return sourceAnswer(await ledger.source(reference, call.pins));
    try {
      return await claimAnswer(await ledger.claim(reference, call.pins), ledger, call);
    } catch (error) {
      if (!isLedgerError(error, 'not-found')) throw error;
      const source = await ledger.source(reference, call.pins).catch(() => undefined);
      if (source === undefined) throw error;
      return sourceAnswer(source);
    }
  },
};

async function claimAnswer(body: Pinned<ClaimAnswer>, ledger: Ledger, { json, pins }: Call): Promise<Answer> {
  if (json) return { body, screen: () => '' };
  // Under the same token, so that both speak of one moment.
  const { token } = body.pins.asOf;
  const at = { ...pins, ...(token === null ? {} : { asOf: token }) };
  const { words } = await ledger.belief(body.id, at);
  const others = await Promise.all(othersOf(body).map(async id => [id, await nameOf(id, ledger, at)] as const));
  return { body, screen: screen => claimScreen(cleaned(body), cleaned(words), cleaned(new Map(others)), screen) };
}

const MOST_OTHERS = 20;

/** The claims that this one names: at the other end of a link, as premise, as successor. */
function othersOf({ id, links, derivations, supersededBy }: ClaimAnswer): string[] {
  const named = [
    ...links.flatMap(({ from, to }) => [from, to]),
    ...derivations.flatMap(({ premises }) => premises as string[]),
    ...(supersededBy === undefined ? [] : [supersededBy]),
  ];
  return [...new Set(named)].filter(other => other !== id).slice(0, MOST_OTHERS);
}

async function nameOf(id: string, ledger: Ledger, pins: ReadParameters): Promise<string> {
  const claim = await ledger.claim(id, pins);
  return `${shortReference(claim)} (${claim.text})`;
}

const sourceAnswer = (body: Pinned<SourceAnswer>): Answer => ({
  body,
  screen: screen => sourceScreen(cleaned(body), screen),
});
