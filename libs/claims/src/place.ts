import type { Static, TObject } from '@sinclair/typebox';
import type { DataOf, fields } from '@credence/contracts';

type Parts = (typeof fields)['place'];

/** Where a quotation stands in a captured text, and how well it was found; in the two parts of an event. */
export interface Place {
  readonly data: Static<TObject<Parts['data']>> & {
    /** The page it stands on: of a passage that was looked for anew. */
    readonly page?: string;
    readonly pdfPage?: number;
  };
  readonly words: Static<TObject<Parts['words']>>;
}

/** The text that was extracted of a capture. */
export type TextOf = NonNullable<DataOf<'CaptureTaken'>['text']>;
