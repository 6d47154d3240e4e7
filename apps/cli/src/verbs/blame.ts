import type { Pinned } from '@credence/runtime';
import type { BlameAnswer, BlameItem } from '@credence/views';
import { readOptions } from '../options/common.js';
import { namesOn } from '../screen/causes.js';
import { instant } from '../screen/dates.js';
import { eventWords } from '../screen/events.js';
import { readerName } from '../screen/names.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { cleaned } from '../screen/text.js';
import { valueText } from '../screen/values.js';
import type { Verb } from '../verb.js';

/** Who set each current value of a claim and of what is said of it: when, why, on which source. */
export const verb: Verb = {
  define: command =>
    readOptions(command.argument('<claim>', 'a reference to a claim')).argument(
      '[field]',
      'only this: text, stance, passage/page, belief, …',
    ),
  examples: ['credence blame gave-tillerson', 'credence blame gave-tillerson text'],
  run: async call => {
    const [reference = '', field] = call.args;
    const ledger = await call.ledger('read');
    const body = await ledger.blame(reference, { ...call.pins, ...(field === undefined ? {} : { field }) });
    const claim = call.json ? { text: '', assertions: [] } : await ledger.claim(body.claim, call.pins);
    return { body, screen: screen => blameScreen(cleaned(body), cleaned(claim.text), cleaned(namesOn(claim)), screen) };
  },
};

/** By thing, and in it by the event that set its values. */
function blameScreen(
  { items, pins }: Pinned<BlameAnswer>,
  text: string,
  names: ReadonlyMap<string, string>,
  screen: Screen,
): string {
  const things = Map.groupBy(items, ({ id }) => id);
  return [
    screen.paint.bold(screen.paragraph(text)),
    ...(items.length === 0 ? ['Nobody set that.'] : []),
    ...[...things].flatMap(([id, values]) => [
      '',
      screen.paint.dim(screen.paragraph(values[0]?.thing === 'claim' ? 'THE CLAIM' : (names.get(id) ?? id))),
      ...[...Map.groupBy(values, ({ seq }) => seq)].flatMap(([, set]) => eventLines(set, names, screen)),
    ]),
    '',
    footer(pins, screen),
  ].join('\n');
}

function eventLines(set: readonly BlameItem[], names: ReadonlyMap<string, string>, screen: Screen): string[] {
  const { seq, recordedAt, actor, type, reason, entry, thing, source } = set[0] as BlameItem;
  const speaker = thing === 'claim' && source !== undefined ? `, ${readerName(source)}` : '';
  const why = [
    `@${String(seq)} ${instant(recordedAt)} ${actor}: ${eventWords(type)}${speaker}`,
    ...(entry === undefined ? [] : [`from ${entry.dossier}:${entry.key}`]),
  ].join(', ');
  return [
    screen.paragraph(`${why}${reason === undefined ? '' : `: ${reason}`}`, 1),
    ...set.map(({ path, value }) =>
      screen.paragraph(`${path.slice(1)}: ${names.get(String(value)) ?? valueText(value)}`, 4),
    ),
  ];
}
