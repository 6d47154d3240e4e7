import { equal, withSet } from '@credence/claims';
import { fields as contract } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';

/*
 * What was last imported for an entry is the fold of the events that were written for it (WIRE.md, "Ids and
 * references"); who set a field last tells whether an edit of the file would undo somebody else's.
 */

export type Fields = Readonly<Record<string, unknown>>;

export interface Imported {
  /** As the entry left it, ids in place of references; undefined where its first event cannot be read. */
  readonly fields: Fields | undefined;
  /** As it is now, whoever changed it. */
  readonly now: Fields;
  /** Fields that were set last by somebody else than this dossier. */
  readonly elsewhere: ReadonlySet<string>;
  /** False when it was removed, reversed, lifted or dissolved. */
  readonly stands: boolean;
  /** Removed by somebody else than this dossier. */
  readonly removedElsewhere: boolean;
  /** seq of the event that first recorded it. */
  readonly since: number;
  readonly recordedBy: LedgerEvent['type'] | undefined;
}

const NOTHING_YET: Imported = {
  fields: undefined,
  now: {},
  elsewhere: new Set(),
  stands: false,
  removedElsewhere: false,
  since: 0,
  recordedBy: undefined,
};

interface EntryName {
  readonly dossier: string;
  readonly section: Section;
  readonly key: string;
}

/** Folds the events of the thing `id` in its stream. */
export function importedOf(events: readonly LedgerEvent[], entry: EntryName, id: string): Imported {
  let state = NOTHING_YET;
  for (const event of events) {
    const step = stepOf(event, id);
    if (step === undefined || event.words === null) continue;
    const written = event.words.entry;
    const here = written?.dossier === entry.dossier;
    const own = here && written?.section === entry.section && written.key === entry.key;
    state = taken(state, step, { event, here, own });
  }
  return state;
}

type Step =
  { readonly recorded: Fields } | { readonly removed: true } | { readonly change: (fields: Fields) => Fields };

function taken(
  state: Imported,
  step: Step,
  { event, here, own }: { event: LedgerEvent; here: boolean; own: boolean },
): Imported {
  if ('removed' in step) return { ...state, stands: false, removedElsewhere: !here };
  if ('recorded' in step)
    return {
      fields: own ? step.recorded : state.fields,
      now: step.recorded,
      elsewhere: new Set(own ? [] : Object.keys(step.recorded)),
      stands: true,
      removedElsewhere: false,
      since: event.seq,
      recordedBy: event.type,
    };
  const now = step.change(state.now);
  const elsewhere = new Set(state.elsewhere);
  for (const name of new Set([...Object.keys(now), ...Object.keys(state.now)]))
    if (!equal(now[name], state.now[name])) {
      if (here) elsewhere.delete(name);
      else elsewhere.add(name);
    }
  const fields = own && state.fields !== undefined ? step.change(state.fields) : state.fields;
  return { ...state, fields, now, elsewhere };
}

const setting = (data: object, words: object): Step => ({
  change: fields => asWritten(withSet(fields, { data, words })),
});

/** What an event does to the thing, or undefined where it is about another. */
function stepOf(event: LedgerEvent, id: string): Step | undefined {
  switch (event.type) {
    case 'SourceRegistered':
    case 'ClaimRecorded':
      return { recorded: fieldsOf(event.data, event.words) };
    case 'UnitDeclared':
      return { recorded: { members: [...event.data.members].sort() } };
    case 'SourceGraded':
      return setting({ grade: event.data.grade }, { gradeReason: event.words.reason });
    case 'SourceDescribed':
    case 'ClaimCorrected':
    case 'ClaimRevised':
      return setting(event.data.set, event.words.set);
    case 'UnitMembersChanged': {
      const { add = [], remove = [] } = event.data;
      return {
        change: fields => {
          const members = new Set(fields['members'] as readonly string[]);
          return { ...fields, members: [...members.union(new Set(add)).difference(new Set(remove))].sort() };
        },
      };
    }
    case 'UnitDissolved':
      return { removed: true };
    case 'AssertionRecorded':
      if (event.data.assertion !== id) return undefined;
      return { recorded: asWritten(without(fieldsOf(event.data, event.words), 'assertion')) };
    case 'AssertionCorrected':
      return event.data.assertion === id ? setting(event.data.set, event.words.set) : undefined;
    case 'AssertionRevised': {
      if (event.data.assertion !== id) return undefined;
      const { assertedAt } = event.data;
      const said = event.words.assertedAt;
      return setting(
        { ...event.data.set, assertedAt },
        { ...event.words.set, ...(said === undefined ? {} : { assertedAt: said }) },
      );
    }
    case 'ClaimsLinked':
      return event.data.link === id ? { recorded: without(fieldsOf(event.data, event.words), 'link') } : undefined;
    case 'ClaimLinkRemoved':
      return event.data.link === id ? { removed: true } : undefined;
    case 'ClaimSuperseded':
      return event.data.supersession === id ? { recorded: fieldsOf(event.data, event.words) } : undefined;
    case 'ClaimReinstated':
      return event.data.retraction === id ? { removed: true } : undefined;
    case 'DerivationRecorded':
      return event.data.derivation === id
        ? { recorded: without(fieldsOf(event.data, event.words), 'derivation') }
        : undefined;
    case 'DerivationRemoved':
      return event.data.derivation === id ? { removed: true } : undefined;
    case 'DecisionRecorded':
      return event.data.decision === id
        ? { recorded: without(fieldsOf(event.data, event.words), 'decision') }
        : undefined;
    case 'DecisionReversed':
      return event.data.decision === id ? { removed: true } : undefined;
    default:
      return undefined;
  }
}

/** Data and words of an event as one flat record, without the entry. */
export function fieldsOf(data: object | null, words: object | null): Fields {
  const { entry: _, ...rest } = (words ?? {}) as Record<string, unknown>;
  return withSet({}, { data: data ?? {}, words: rest });
}

export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** Where a quotation was found is not what a file says of it. */
function asWritten(fields: Fields): Fields {
  const { passage } = fields;
  if (typeof passage !== 'object' || passage === null) return fields;
  return { ...fields, passage: without(passage as Fields, ...PLACE) };
}

const PLACE = [...Object.keys(contract.place.data), ...Object.keys(contract.place.words)];
