import type { DataOf, WordsOf } from '@credence/contracts';
import { none, put } from '../by-id.js';
import type { ById } from '../by-id.js';
import { evolution } from '../evolution.js';
import type { TextOf } from '../place.js';
import { reinstated, retracted } from '../retractions.js';
import type { Retraction } from '../retractions.js';
import { withSet } from '../set.js';

/** What a description may change, data and words joined (WIRE.md names). */
export type Described = Omit<DataOf<'SourceRegistered'>, 'grade'> &
  Omit<WordsOf<'SourceRegistered'>, 'gradeReason' | 'entry'>;

/** A capture of the source. */
export interface Captured {
  readonly mediaType: string;
  readonly text?: TextOf;
}

/** What the commands on a source ask about. */
export interface SourceState {
  readonly exists: boolean;
  readonly described: Partial<Described>;
  readonly grade: { readonly grade: string; readonly reason: string | undefined } | undefined;
  readonly standing: readonly Retraction[];
  /** Ids of retractions that were lifted. */
  readonly lifted: readonly string[];
  /** By SHA-256. */
  readonly captures: ById<Captured>;
}

export const noSource: SourceState = {
  exists: false,
  described: {},
  grade: undefined,
  standing: [],
  lifted: [],
  captures: none,
};

export const sourceEvolution = evolution('source', noSource, (state, event): SourceState => {
  switch (event.type) {
    case 'SourceRegistered': {
      const { grade, ...data } = event.data;
      const { gradeReason, entry: _, ...words } = event.words;
      const graded = grade === undefined ? undefined : { grade, reason: gradeReason };
      return { ...state, exists: true, described: { ...data, ...words }, grade: graded };
    }
    case 'SourceDescribed':
      return { ...state, described: withSet(state.described, { data: event.data.set, words: event.words.set }) };
    case 'SourceGraded':
      return { ...state, grade: { grade: event.data.grade, reason: event.words.reason } };
    case 'SourceRetracted':
      return { ...state, standing: retracted(state.standing, event) };
    case 'SourceReinstated':
      return { ...state, ...reinstated(state, event.data.retraction) };
    case 'CaptureTaken': {
      const { sha256, mediaType, text } = event.data;
      const captured = { mediaType, ...(text === undefined ? {} : { text }) };
      return { ...state, captures: put(state.captures, sha256, captured) };
    }
  }
});
