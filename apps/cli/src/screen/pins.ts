import type { Pins } from '@credence/runtime';
import { instant } from './dates.js';
import type { Screen } from './screen.js';

/** The last line of a read: which moment it speaks of, and the token that pins it for ever. `more` is not wrapped: it can be copied. */
export function footer(
  { asOf, publicBy, certainty, holdsAt }: Pins,
  screen: Screen,
  ...more: readonly string[]
): string {
  const axes = [
    asOf.token === null
      ? asOf.final
        ? 'nothing was recorded by then'
        : 'the ledger is empty'
      : `as of @${String(asOf.seq)}, ${instant(asOf.effectiveAt ?? '')} UTC · ${asOf.token}`,
    ...(publicBy === undefined ? [] : [`what was ${certainty === 'possible' ? 'possibly ' : ''}public by ${publicBy}`]),
    ...(holdsAt === undefined ? [] : [`holding on ${holdsAt}`]),
  ];
  return [...axes.map(line => screen.paragraph(line)), ...more].map(line => screen.paint.dim(line)).join('\n');
}
