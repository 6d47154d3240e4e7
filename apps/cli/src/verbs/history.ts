import { isLedgerError } from '@credence/contracts';
import type { Ledger, Pinned } from '@credence/runtime';
import type { HistoryAnswer } from '@credence/views';
import { readOptions } from '../options/common.js';
import { historyScreen } from '../screen/history.js';
import { readerName, shortReference } from '../screen/names.js';
import { cleaned } from '../screen/text.js';
import type { Call, Verb } from '../verb.js';

/** Who changed what, when and why: of a claim with everything on it, or of a source. */
export const verb: Verb = {
  define: command => readOptions(command.argument('<claim>', 'a reference to a claim; or sources/<reference>')),
  examples: ['credence history gave-tillerson', 'credence history sources/gazette'],
  run: async call => {
    const [reference = ''] = call.args;
    const ledger = await call.ledger('read');
    const { body, names } = await told(reference, ledger, call);
    return { body, screen: screen => historyScreen(cleaned(body), new Map(names), screen) };
  },
};

/** The history, and what the things in it are called. */
async function told(
  reference: string,
  ledger: Ledger,
  { pins, json }: Call,
): Promise<{ body: Pinned<HistoryAnswer>; names: [string, string][] }> {
  if (reference.startsWith('sources/')) return { body: await ledger.sourceHistory(reference, pins), names: [] };
  try {
    const body = await ledger.history(reference, pins);
    if (json) return { body, names: [] };
    const { assertions } = cleaned(await ledger.claim(reference, pins));
    return { body, names: assertions.map(a => [a.id, `${readerName(a.source)} (${shortReference(a)})`]) };
  } catch (error) {
    if (!isLedgerError(error, 'not-found')) throw error;
    const body = await ledger.sourceHistory(reference, pins).catch(() => undefined);
    if (body === undefined) throw error;
    return { body, names: [] };
  }
}
