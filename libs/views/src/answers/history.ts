import type { LedgerEvent } from '@credence/contracts';
import { evolveAssertion, present } from '../assertion-row.js';
import type { AssertionEvent, AssertionRow } from '../assertion-row.js';
import { evolveClaim } from '../claim-row.js';
import type { ClaimEvent, ClaimRow } from '../claim-row.js';
import { evolveSource } from '../source-row.js';
import type { SourceRow } from '../source-row.js';
import { differences } from '../things.js';
import type { FieldChange } from '../things.js';
import type { BeliefChange } from './foreseen.js';

/** One event of a claim or a source: who changed what, when and why (WIRE.md, "History"). */
export interface HistoryItem {
  readonly seq: number;
  readonly revision: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly type: string;
  /** The thing changed. */
  readonly id: string;
  readonly reason?: string;
  readonly changes: readonly FieldChange[];
  /** Where the core of the claim changed by this event. */
  readonly belief?: BeliefChange;
}

export interface HistoryAnswer {
  readonly items: readonly HistoryItem[];
}

/** The history that a claim's stream tells, oldest first. */
export function claimHistory(events: Iterable<LedgerEvent>): HistoryItem[] {
  let claim: ClaimRow | undefined;
  const assertions = new Map<string, AssertionRow>();
  const items: HistoryItem[] = [];
  for (const event of events as Iterable<ClaimEvent>) {
    const before = claim;
    claim = evolveClaim(claim, event);
    if (!isOfAssertion(event)) {
      items.push(item(event, claim.id, differences(claimRecord(before), claimRecord(claim))));
      continue;
    }
    const was = assertions.get(event.data.assertion);
    const is = evolveAssertion(was, event, claim.fields['text'] as string);
    assertions.set(is.id, is);
    items.push(item(event, is.id, differences(assertionRecord(was), assertionRecord(is))));
  }
  return items;
}

/** The history that a source's stream tells, oldest first. */
export function sourceHistory(events: Iterable<LedgerEvent>): HistoryItem[] {
  let source: SourceRow | undefined;
  const items: HistoryItem[] = [];
  for (const event of events as Iterable<Parameters<typeof evolveSource>[1]>) {
    const before = source;
    source = evolveSource(source, event);
    const taken = event.type === 'CaptureTaken';
    const changes = taken ? differences({}, event.data) : differences(sourceRecord(before), sourceRecord(source));
    items.push(item(event, taken ? event.data.sha256 : source.id, changes));
  }
  return items;
}

const isOfAssertion = (event: ClaimEvent): event is AssertionEvent =>
  event.type.startsWith('Assertion') || event.type === 'PassageReanchored';

function item(event: LedgerEvent, id: string, changes: readonly FieldChange[]): HistoryItem {
  const { seq, revision, recordedAt, actor, type } = event;
  const { reason } = event.words as { reason?: string };
  return { seq, revision, recordedAt, actor, type, id, ...(reason === undefined ? {} : { reason }), changes };
}

/*
 * A thing as its history compares it: its own fields by name, and the things attached to it by id, so that a pointer
 * names the one that came or went.
 */

function claimRecord(row: ClaimRow | undefined): object {
  if (row === undefined) return {};
  const { fields, retractions, links, derivations, decisions, supersession } = row;
  const standing = (list: ClaimRow['links']) => list.filter(i => i.endedBy === undefined).map(i => [i.id, i.fields]);
  return {
    ...fields,
    ...(supersession === undefined ? {} : { supersededBy: supersession.successor }),
    ...attached('retractions', standingRetractions(retractions)),
    ...attached('links', standing(links)),
    ...attached('derivations', standing(derivations)),
    ...attached('decisions', standing(decisions)),
  };
}

function assertionRecord(row: AssertionRow | undefined): object {
  return row === undefined ? {} : { ...present(row), ...attached('retractions', standingRetractions(row.retractions)) };
}

function sourceRecord(row: SourceRow | undefined): object {
  return row === undefined ? {} : { ...row.fields, ...attached('retractions', standingRetractions(row.retractions)) };
}

const standingRetractions = (list: SourceRow['retractions']) =>
  list.filter(r => r.liftedBy === undefined).map(({ id, by, reason }) => [id, { by, reason }]);

const attached = (name: string, entries: readonly (readonly unknown[])[]): object =>
  entries.length === 0 ? {} : { [name]: Object.fromEntries(entries as [string, unknown][]) };
