import type { Pinned } from '@credence/runtime';
import type { PublicCause, PublicSaying, TimelineAnswer, TimelineItem } from '@credence/views';
import { nextPage } from '../options/again.js';
import { pageOptions, readOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { causeText, namesOn } from '../screen/causes.js';
import { changeCell } from '../screen/change.js';
import { instant, inWords } from '../screen/dates.js';
import { readerName } from '../screen/names.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { table } from '../screen/table.js';
import type { Column } from '../screen/table.js';
import { cleaned, listed } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** When belief in a claim changed: for us, or for anyone who read what was public. */
export const verb: Verb = {
  define: command =>
    pageOptions(readOptions(command.argument('<claim>', 'a reference to a claim'))).option(
      '--axis <recorded|public>',
      'when the ledger learnt it (default), or when anyone could have known; --public-by ends the latter',
    ),
  examples: ['credence timeline gave-tillerson', 'credence timeline gave-tillerson --axis public'],
  run: async call => {
    const [reference = ''] = call.args;
    const axis = call.options['axis'] as string | undefined;
    const ledger = await call.ledger('read');
    const asked = { ...call.pins, ...pageOf(call.options), ...(axis === undefined ? {} : { axis }) };
    const body = await ledger.timeline(reference, asked);
    const claim = call.json ? { text: '', assertions: [] } : await ledger.claim(body.claim, call.pins);
    return {
      body,
      screen: screen =>
        timelineScreen(cleaned(body), cleaned(claim.text), cleaned(namesOn(claim)), nextPage(call, body.next), screen),
    };
  },
};

function timelineScreen(
  { axis, items, start, pins }: Pinned<TimelineAnswer>,
  text: string,
  names: ReadonlyMap<string, string>,
  more: readonly string[],
  screen: Screen,
): string {
  const rows = items.map(item => [
    { text: axis === 'public' ? day(item.at) : instant(item.at) },
    changeCell(item.before, item.after),
    { text: whyOf(item, names) },
  ]);
  return [
    screen.paint.bold(screen.paragraph(text)),
    items.length === 0
      ? screen.paragraph(`No change${start === undefined ? '' : `: ${start.status.code} throughout`}.`)
      : table(axis === 'public' ? PUBLIC : RECORDED, rows, screen),
    '',
    footer(pins, screen, ...more),
  ].join('\n');
}

const RECORDED: readonly Column[] = [{ title: 'WHEN (UTC)' }, { title: 'BELIEF' }, { title: 'WHY' }];
const PUBLIC: readonly Column[] = [{ title: 'FROM' }, { title: 'BELIEF' }, { title: 'WHY' }];

const day = (at: string) => inWords({ edtf: at, lo: at, hi: at });

function whyOf({ cause }: TimelineItem, names: ReadonlyMap<string, string>): string {
  if ('type' in cause) return `@${String(cause.seq)} ${causeText(cause, names)}`;
  const { said, withdrawn }: PublicCause = cause;
  return [
    ...(said.length === 0 ? [] : [`said: ${speakers(said)}`]),
    ...withdrawn.map(({ of, by, reason }) => `withdrawn by the ${by}, ${names.get(of) ?? of.slice(0, 10)}: ${reason}`),
  ].join('; ');
}

const speakers = (sayings: readonly PublicSaying[]) =>
  listed([...new Set(sayings.map(({ source }) => readerName(source)))]);
