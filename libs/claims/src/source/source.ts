import type { LedgerEvent } from '@credence/contracts';
import type { Evolution } from '@credence/kernel';
import { reinstated, retracted } from '../retractions.js';
import type { Retraction } from '../retractions.js';

/** What the commands on a source ask about. */
export interface SourceState {
  readonly exists: boolean;
  /** Present values of what a description may change, joined (WIRE.md names). */
  readonly described: Readonly<Record<string, unknown>>;
  readonly grade: { readonly grade: string; readonly reason?: string } | undefined;
  readonly standing: readonly Retraction[];
  /** SHA-256 of its captures, with the data each was taken with. */
  readonly captures: Readonly<Record<string, LedgerEvent<'CaptureTaken'>['data']>>;
}

export const noSource: SourceState = { exists: false, described: {}, grade: undefined, standing: [], captures: {} };

export const sourceEvolution: Evolution<SourceState> = {
  initial: noSource,
  evolve(state, event) {
    switch (event.type) {
      case 'SourceRegistered': {
        const { grade, ...data } = event.data;
        const { gradeReason, entry: _, ...words } = event.words;
        const graded =
          grade === undefined ? undefined : { grade, ...(gradeReason === undefined ? {} : { reason: gradeReason }) };
        return { ...state, exists: true, described: { ...data, ...words }, grade: graded };
      }
      case 'SourceDescribed':
        return { ...state, described: { ...state.described, ...event.data.set, ...event.words.set } };
      case 'SourceGraded':
        return { ...state, grade: { grade: event.data.grade, reason: event.words.reason } };
      case 'SourceRetracted':
        return { ...state, standing: retracted(state.standing, event) };
      case 'SourceReinstated':
        return { ...state, standing: reinstated(state.standing, event.data.retraction) };
      case 'CaptureTaken':
        return { ...state, captures: { ...state.captures, [event.data.sha256]: event.data } };
      default:
        return state;
    }
  },
};
