import type { Pinned } from '@credence/runtime';
import type { SourceAnswer } from '@credence/views';
import { footer } from './pins.js';
import type { Screen } from './screen.js';
import { table } from './table.js';

/** A source on one screen. */
export function sourceScreen(source: Pinned<SourceAnswer>, asides: readonly string[], screen: Screen): string {
  const { kind, name, named, describedAs, grade, gradeReason, copyOf, cite, units, retractions } = source;
  const standing = retractions.filter(({ liftedBy }) => liftedBy === undefined);
  const judged =
    gradeReason === undefined ? 'not judged' : kind === 'person' ? gradeReason : `grade ${grade}: ${gradeReason}`;
  const rows: [string, string][] = [
    ['kind', kind],
    ['named', NAMED[named] ?? named],
    ...(describedAs === undefined ? [] : [['described as', describedAs] as [string, string]]),
    ['judged', judged],
    ...(copyOf === undefined ? [] : [['copy of', copyOf] as [string, string]]),
    ...Object.entries(cite).map(([field, value]): [string, string] => [field, citeText(value)]),
    ...units.map((unit): [string, string] => ['under one control with others', `unit ${unit}`]),
    ...standing.map(({ by, reason, id }): [string, string] => ['retracted', `by the ${by}: ${reason} (${id})`]),
  ];
  const cells = rows.map(([field, value]) => [{ text: field, style: 'dim' as const }, { text: value }]);
  return [
    screen.paint.bold(screen.paragraph(name)),
    table([{ title: '', most: 30 }, { title: '' }], cells, screen).trimStart(),
    footer(source.pins, screen, ...asides),
  ].join('\n');
}

const citeText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const NAMED: Readonly<Record<string, string>> = {
  publicly: 'publicly',
  'to-us': 'to us, not to readers',
  nobody: 'to nobody',
};
