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
  | 'AssertionRecorded'
  | 'AssertionCorrected'
  | 'AssertionRevised'
  | 'AssertionRetracted'
  | 'AssertionReinstated'
  | 'PassageReanchored'
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
      return corrected(row, event.data.set, event.words.set);
    case 'AssertionRevised': {
      const { assertedAt, set } = event.data;
      const dated = changed(
        present(row),
        { assertedAt },
        event.words.assertedAt === undefined ? {} : { assertedAt: event.words.assertedAt },
      );
      return { ...row, versions: [...row.versions, { assertedAt, fields: changed(dated, set, event.words.set) }] };
    }
    case 'AssertionRetracted':
      return { ...row, retractions: withRetraction(row.retractions, event) };
    case 'AssertionReinstated':
      return { ...row, retractions: withReinstatement(row.retractions, event) };
    case 'PassageReanchored':
      return reanchored(row, event);
  }
}

/** The passage of what the source says now is where it was found; of what was found before nothing is left but the quotation. */
function reanchored(row: AssertionRow, { data, words }: LedgerEvent<'PassageReanchored'>): AssertionRow {
  const { assertion: _, ...at } = data;
  const { found } = words;
  const moved = (fields: Fields): Fields => {
    const { exact, voice } = fields['passage'] as { exact: string; voice: string };
    return { ...fields, passage: { exact, voice, ...at, ...(found === undefined ? {} : { found }) } };
  };
  const latest = row.versions.at(-1);
  return latest === undefined
    ? { ...row, fields: moved(row.fields) }
    : { ...row, versions: [...row.versions.slice(0, -1), { ...latest, fields: moved(latest.fields) }] };
}

/** What a version says for itself; everything else is the record of the assertion, one for all versions. */
const SAID_BY_VERSION = ['stance', 'stanceReason', 'basis', 'passage', 'locator', 'note', 'assertedAt'];

/** Our record was wrong: of what the source says now, where the field is of a version; else of the assertion. */
function corrected(row: AssertionRow, data: object, words: object): AssertionRow {
  const latest = row.versions.at(-1);
  if (latest === undefined) return { ...row, fields: changed(row.fields, data, words) };
  const shared = (set: object) =>
    Object.fromEntries(Object.entries(set).filter(([name]) => !SAID_BY_VERSION.includes(name)));
  const everywhere = (fields: Fields) => changed(fields, shared(data), shared(words));
  const fields = changed(latest.fields, data, words);
  return {
    ...row,
    fields: everywhere(row.fields),
    versions: [
      ...row.versions.slice(0, -1).map(version => ({ ...version, fields: everywhere(version.fields) })),
      { assertedAt: fields['assertedAt'] as Version['assertedAt'], fields },
    ],
  };
}

/** What the source says now. */
export const present = (row: AssertionRow): Fields => row.versions.at(-1)?.fields ?? row.fields;
