import type { LedgerEvent } from '@credence/contracts';
import { keyOf, withReinstatement, withRetraction } from './retractions.js';
import type { RetractionShown } from './retractions.js';
import { changed, fieldsOf } from './things.js';
import type { Fields } from './things.js';

/** A source as it stands. */
export interface SourceRow {
  readonly id: string;
  readonly key?: string;
  readonly fields: Fields;
  readonly retractions: readonly RetractionShown[];
  readonly revision: number;
  /** Of its registration. */
  readonly seq: number;
  readonly recordedAt: string;
}

type SourceEvent = LedgerEvent<
  'SourceRegistered' | 'SourceDescribed' | 'SourceGraded' | 'SourceRetracted' | 'SourceReinstated' | 'CaptureTaken'
>;

/** The source after an event of its stream. */
export function evolveSource(row: SourceRow | undefined, event: SourceEvent): SourceRow {
  const { revision } = event;
  if (event.type === 'SourceRegistered') {
    const { seq, recordedAt, stream } = event;
    return {
      id: stream.slice('source-'.length),
      ...keyOf(event),
      fields: fieldsOf(event),
      retractions: [],
      revision,
      seq,
      recordedAt,
    };
  }
  if (row === undefined) throw new Error(`${event.stream}: ${event.type} before SourceRegistered`);
  switch (event.type) {
    case 'SourceDescribed':
      return { ...row, revision, fields: changed(row.fields, event.data.set, event.words.set) };
    case 'SourceGraded':
      return {
        ...row,
        revision,
        fields: changed(row.fields, { grade: event.data.grade }, { gradeReason: event.words.reason }),
      };
    case 'SourceRetracted':
      return { ...row, revision, retractions: withRetraction(row.retractions, event) };
    case 'SourceReinstated':
      return { ...row, revision, retractions: withReinstatement(row.retractions, event) };
    case 'CaptureTaken':
      return { ...row, revision };
  }
}
