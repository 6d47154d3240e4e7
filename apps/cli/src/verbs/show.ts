import { isLedgerError } from '@credence/contracts';
import type { Ledger, Pinned } from '@credence/runtime';
import type { ClaimAnswer, SourceAnswer } from '@credence/views';
import { readOptions } from '../options/common.js';
import { claimScreen } from '../screen/claim.js';
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
  const { words } = await ledger.belief(body.id, { ...pins, asOf: body.pins.asOf.token ?? pins.asOf ?? '@0' });
  return { body, screen: screen => claimScreen(cleaned(body), cleaned(words), screen) };
}

const sourceAnswer = (body: Pinned<SourceAnswer>): Answer => ({
  body,
  screen: screen => sourceScreen(cleaned(body), screen),
});
