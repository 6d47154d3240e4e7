import type { LedgerEvent } from '@credence/contracts';
import type { RememberingView, Row } from '@credence/kernel';
import { shownDate } from './dates.js';
import type { DateShown } from './dates.js';
import { keyOf } from './retractions.js';
import { evolveSource } from './source-row.js';
import type { SourceRow } from './source-row.js';

export interface TextRow {
  readonly sha256: string;
  /** In Unicode code points. */
  readonly length: number;
  /** SHA-256 of the map of its pages. */
  readonly pages?: string;
  readonly extractor: { readonly name: string; readonly version: string };
}

/** A capture as its metadata stands; its bytes are in the capture store. */
export interface CaptureRow {
  readonly sha256: string;
  readonly key?: string;
  readonly source: string;
  readonly size: number;
  readonly mediaType: string;
  readonly retrievedAt?: DateShown;
  readonly url?: string;
  readonly edition?: string;
  readonly tool?: string;
  readonly file?: string;
  readonly derivedFrom?: string;
  readonly replaces?: string;
  readonly withoutText?: boolean;
  /** The text that was extracted: a file of its own. */
  readonly text?: TextRow;
  readonly actor: string;
  readonly seq: number;
  readonly recordedAt: string;
}

/** Sources as they stand, in the order of their registration, with their captures. */
export const sourcesView = {
  name: 'sources',
  version: 5,
  tables: {
    /** id -> SourceRow */
    sources: { key: ['text'] },
    /** seq of the registration -> id */
    inOrder: { key: ['integer'] },
    /** source, seq -> CaptureRow */
    captures: { key: ['text', 'integer'] },
    /** SHA-256, source -> seq */
    captureOf: { key: ['text', 'text'] },
  },
  past: {
    sources: { how: 'revised', seq: (row: SourceRow) => row.seq },
    inOrder: { how: 'by-seq' },
    captures: { how: 'since', seq: ({ value }: Row<CaptureRow>) => value.seq },
    captureOf: { how: 'since', seq: ({ value }: Row<number>) => value },
  },
  apply(event, tables) {
    switch (event.type) {
      case 'SourceRegistered':
      case 'SourceDescribed':
      case 'SourceGraded':
      case 'SourceRetracted':
      case 'SourceReinstated':
      case 'CaptureTaken': {
        const rows = tables<SourceRow>('sources');
        const id = event.stream.slice('source-'.length);
        rows.put([id], evolveSource(rows.get([id]), event));
        if (event.type === 'SourceRegistered') tables<string>('inOrder').put([event.seq], id);
        if (event.type === 'CaptureTaken') {
          tables<CaptureRow>('captures').put([id, event.seq], captureRow(event, id));
          tables<number>('captureOf').put([event.data.sha256, id], event.seq);
        }
      }
    }
  },
} satisfies RememberingView;

function captureRow(event: LedgerEvent<'CaptureTaken'>, source: string): CaptureRow {
  const { retrievedAt, ...data } = event.data;
  const { entry: _, retrievedAt: said, ...words } = event.words;
  const { actor, seq, recordedAt } = event;
  const date = retrievedAt === undefined ? {} : { retrievedAt: shownDate(retrievedAt, said) };
  return { ...data, ...words, ...date, ...keyOf(event), source, actor, seq, recordedAt };
}
