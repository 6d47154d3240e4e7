import { isLedgerError } from '@credence/contracts';
import type { DoctorAnswer, Finding } from '@credence/runtime';
import { EXIT } from '../exit.js';
import { ledgerOptions, nodeOptions } from '../options/common.js';
import { progressOn } from '../screen/progress.js';
import type { Screen } from '../screen/screen.js';
import { cleaned, counted } from '../screen/text.js';
import type { Call, Verb } from '../verb.js';

/** Looks at everything that the ledger rests on, and says what to do about what is wrong. */
export const verb: Verb = {
  define: command => nodeOptions(ledgerOptions(command)).option('--deep', 'read every event and every capture too'),
  examples: [
    'credence doctor',
    'credence doctor --deep',
    "credence doctor --ledger 'kurrentdb://localhost:2113?tls=false'",
  ],
  run: async call => {
    const body = await answered(call);
    return {
      body,
      exit: body.ok ? EXIT.done : EXIT.refused,
      screen: screen => {
        const { findings } = cleaned(body);
        const bad = findings.filter(({ state }) => state === 'wrong').length;
        const head = bad === 0 ? 'Nothing is wrong.' : `${counted(bad, 'thing')} ${bad === 1 ? 'is' : 'are'} wrong.`;
        return [screen.paint.bold(head), '', ...findings.map(finding => lineOf(finding, screen))].join('\n');
      },
    };
  },
};

/** Of a cluster on which no ledger can be opened it is said why: that is when a doctor is called. */
async function answered(call: Call): Promise<DoctorAnswer> {
  const { adapterFor } = await import('../../../../libs/runtime/src/stores.js');
  const ledger = await call.ledger('read').catch((error: unknown) => {
    if (isLedgerError(error, 'store-unavailable') && !/^https?:/.test(call.url) && adapterFor(call.url).remote)
      return error;
    throw error;
  });
  if (isLedgerError(ledger)) {
    const { clusterUnopened } = await import('../../../../libs/runtime/src/cluster-unopened.js');
    return clusterUnopened({ url: call.url, why: ledger, ...call.node });
  }
  const { tell, end } = progressOn(call.io);
  return ledger.doctor({ deep: call.options['deep'] === true }, tell).finally(end);
}

const SIGN = { well: 'well', note: 'note', wrong: 'WRONG' } as const;
const STYLE = { well: 'green', note: 'yellow', wrong: 'red' } as const;

function lineOf({ check, state, detail, remedy }: Finding, { paint, paragraph }: Screen): string {
  const text = paragraph(`${check}: ${detail}`, 7).trimStart();
  const first = `${paint.as(STYLE[state], SIGN[state].padEnd(7))}${text}`;
  return remedy === undefined ? first : `${first}\n${paint.dim(paragraph(`-> ${remedy}`, 7))}`;
}
