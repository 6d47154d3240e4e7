import type { LedgerEvent } from '@credence/contracts';
import { keyOf, withReinstatement, withRetraction } from './retractions.js';
import type { RetractionShown } from './retractions.js';
import { changed, fieldsOf } from './things.js';
import type { Fields } from './things.js';

/** What the source said from a later day on; the version before it stays what it said until then. */
export interface Version {
  readonly assertedAt: { readonly edtf: string };
  readonly fields: Fields;
}

/** An assertion as it stands. */
export interface AssertionRow {
  readonly id: string;
  readonly key?: string;
  /** As first recorded and since corrected; later versions of what the source says follow in `versions`. */
  readonly fields: Fields;
  readonly versions: readonly Version[];
  readonly retractions: readonly RetractionShown[];
  /** The claim's text under which it was recorded. */
  readonly claimText: string;
  readonly actor: string;
  readonly seq: number;
  readonly recordedAt: string;
}

export type AssertionEvent = LedgerEvent<
  'AssertionRecorded' | 'AssertionCorrected' | 'AssertionRevised' | 'AssertionRetracted' | 'AssertionReinstated'
>;

/** The assertion after an event that concerns it. `claimText`: the claim's text at that moment. */
export function evolveAssertion(row: AssertionRow | undefined, event: AssertionEvent, claimText: string): AssertionRow {
  if (event.type === 'AssertionRecorded') {
    const { actor, seq, recordedAt, data } = event;
    const fields = fieldsOf(event);
    return {
      id: data.assertion,
      ...keyOf(event),
      fields,
      versions: [],
      retractions: [],
      claimText,
      actor,
      seq,
      recordedAt,
    };
  }
  if (row === undefined) throw new Error(`${event.stream}: ${event.type} of an assertion that was not recorded`);
  switch (event.type) {
    case 'AssertionCorrected':
      // Our record was wrong: all versions of it, where they have the field at all.
      return {
        ...row,
        fields: changed(row.fields, event.data.set, event.words.set),
        versions: row.versions.map(v => ({ ...v, fields: changed(v.fields, event.data.set, event.words.set) })),
      };
    case 'AssertionRevised': {
      const fields = changed(present(row), event.data.set, event.words.set);
      return { ...row, versions: [...row.versions, { assertedAt: event.data.assertedAt, fields }] };
    }
    case 'AssertionRetracted':
      return { ...row, retractions: withRetraction(row.retractions, event) };
    case 'AssertionReinstated':
      return { ...row, retractions: withReinstatement(row.retractions, event) };
  }
}

/** What the source says now. */
export const present = (row: AssertionRow): Fields => row.versions.at(-1)?.fields ?? row.fields;
