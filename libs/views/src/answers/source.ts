import type { AssertionRow } from '../assertion-row.js';
import type { RetractionShown } from '../retractions.js';
import type { SourceRow } from '../source-row.js';
import type { CaptureRow } from '../sources.view.js';
import type { UnitRow } from '../unit-row.js';
import type { Page, PageRequest, ReadModel } from './model.js';

/** A source (WIRE.md, "Source"), without the pins. */
export interface SourceAnswer {
  readonly id: string;
  readonly key?: string;
  readonly kind: string;
  readonly name: string;
  readonly named: string;
  readonly describedAs?: string;
  /** F, and no reason: nobody judged it. */
  readonly grade: string;
  readonly gradeReason?: string;
  readonly copyOf?: string;
  readonly cite: Readonly<Record<string, unknown>>;
  /** Ids of the units that it is a member of. */
  readonly units: readonly string[];
  readonly retractions: readonly RetractionShown[];
  readonly revision: number;
}

export function sourceAnswer(id: string, model: ReadModel): SourceAnswer | undefined {
  const row = model.sources<SourceRow>('sources').get([id]);
  if (row === undefined) return undefined;
  const units = Array.from(model.units<true>('unitsOf').range({ prefix: [id] }), ({ key }) => key[1] as string);
  const { key, retractions, revision } = row;
  const fields = row.fields as unknown as Pick<
    SourceAnswer,
    'kind' | 'name' | 'named' | 'describedAs' | 'gradeReason' | 'copyOf'
  >;
  return {
    id,
    ...(key === undefined ? {} : { key }),
    grade: 'F',
    cite: {},
    ...fields,
    units,
    retractions,
    revision,
  };
}

/** The source as a hop or an assertion names it. */
export interface SourceNamed {
  readonly id: string;
  readonly key?: string;
  readonly name: string;
  readonly kind: string;
  readonly named: string;
  readonly grade: string;
  readonly describedAs?: string;
}

/** Null: the unnamed stand-in of an unknown hop. */
export function sourceNamed(assertion: AssertionRow, model: ReadModel): SourceNamed | null {
  const id = assertion.fields['source'] as string | undefined;
  const row = id === undefined ? undefined : model.sources<SourceRow>('sources').get([id]);
  if (id === undefined || row === undefined) return null;
  const { name, kind, named, grade = 'F', describedAs } = row.fields as unknown as SourceNamed;
  const { key } = row;
  return {
    id,
    ...(key === undefined ? {} : { key }),
    name,
    kind,
    named,
    grade,
    ...(describedAs === undefined ? {} : { describedAs }),
  };
}

export type CaptureAnswer = CaptureRow;

/** The captures of a source, in the order in which they were taken. */
export const capturesOf = (source: string, model: ReadModel): CaptureAnswer[] =>
  Array.from(model.sources<CaptureRow>('captures').range({ prefix: [source] }), row => row.value);

/** The captures of a source, newest first, a page of them. */
export function capturePage(source: string, model: ReadModel, { limit, before }: PageRequest): Page<CaptureAnswer> {
  const start = before === undefined ? {} : { after: [source, before] };
  const rows = model
    .sources<CaptureRow>('captures')
    .range({ prefix: [source], reverse: true, ...start, limit: limit + 1 });
  const found = Array.from(rows, row => row.value);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1) as CaptureAnswer).seq : null };
}

export interface UnitAnswer {
  readonly id: string;
  readonly key?: string;
  readonly members: readonly string[];
  readonly reason: string;
  readonly dissolved: boolean;
  readonly revision: number;
}

export function unitAnswer(id: string, model: ReadModel): UnitAnswer | undefined {
  const row = model.units<UnitRow>('units').get([id]);
  if (row === undefined) return undefined;
  const { seq: _s, recordedAt: _r, ...answer } = row;
  return answer;
}
