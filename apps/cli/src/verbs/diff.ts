import type { DiffAnswer, Pinned } from '@credence/runtime';
import type { PatchOperation } from '@credence/views';
import { readOptions, spanOptions } from '../options/common.js';
import { spanOf } from '../options/moments.js';
import { causeText, namesOn } from '../screen/causes.js';
import { changeCell } from '../screen/change.js';
import { momentText } from '../screen/moments.js';
import { shortReference } from '../screen/names.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { cleaned } from '../screen/text.js';
import { valueText } from '../screen/values.js';
import { UsageError } from '../usage-error.js';
import type { Verb } from '../verb.js';

/** A claim at two moments: what else is on record and believed, and which events made it so. */
export const verb: Verb = {
  define: command => spanOptions(readOptions(command.argument('<claim>', 'a reference to a claim'))),
  examples: ['credence diff gave-tillerson --from @41', 'credence diff five-pages --from yesterday'],
  run: async call => {
    const [reference = ''] = call.args;
    const span = spanOf(call.options, Date.now());
    if (span.from === undefined) throw new UsageError('--from is missing: since when?');
    const ledger = await call.ledger('read');
    const body = await ledger.diff(reference, { ...call.pins, ...span });
    const later = (body.from.seq ?? -1) > (body.to.seq ?? -1) ? body.from : body.to;
    const at = later.token === null ? {} : { asOf: later.token };
    const claim = call.json ? { text: '', assertions: [] } : await ledger.claim(body.claim, { ...call.pins, ...at });
    return {
      body,
      screen: screen => diffScreen(cleaned(body), cleaned(claim.text), cleaned(namesOn(claim)), screen),
    };
  },
};

function diffScreen(
  { from, to, patch, belief, causes, pins }: Pinned<DiffAnswer>,
  text: string,
  names: ReadonlyMap<string, string>,
  screen: Screen,
): string {
  const { paint } = screen;
  const { before, after } = belief;
  const same = before?.coreHash === after?.coreHash;
  const change = after === undefined ? { text: 'not there' } : changeCell(before, after);
  const lines = (title: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : ['', paint.dim(title), ...texts.map(line => screen.paragraph(line, 1))];
  return [
    paint.bold(screen.paragraph(text)),
    paint.dim(screen.paragraph(`from ${momentText(from)} to ${momentText(to)}`)),
    same ? `${after === undefined ? 'not there' : after.status.code}, the same` : paint.as(change.style, change.text),
    ...(patch.length === 0 ? ['', 'Nothing on record changed.'] : []),
    ...lines('ON RECORD', patch.map(operationText)),
    ...lines(
      'BY',
      causes.map(cause => `@${String(cause.seq)} ${cause.actor}: ${causeText(cause, names)}`),
    ),
    '',
    footer(pins, screen),
  ].join('\n');
}

const SIGNS = { add: '+', replace: '~', remove: '-' } as const;

function operationText(operation: PatchOperation): string {
  const { op, path } = operation;
  const where = `${SIGNS[op]} ${path === '' ? 'the claim' : path}`;
  if (operation.op === 'remove') return where;
  const { id, key } = (operation.value ?? {}) as { id?: string; key?: string };
  // What came as a whole is named: everything about it is in `show`.
  const value =
    id === undefined ? valueText(operation.value) : shortReference({ id, ...(key === undefined ? {} : { key }) });
  return `${where}: ${value}`;
}
