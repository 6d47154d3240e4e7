import type { BeliefBrief } from './believing.js';
import type { Cause } from './cause.js';
import type { SourceNamed } from './source.js';

/** An assertion, on this claim or on one that the belief in it hangs on. */
export interface PublicSaying {
  readonly assertion: string;
  readonly key?: string;
  readonly claim: string;
  /** Null: the unnamed stand-in of an unknown hop. */
  readonly source: SourceNamed | null;
  /** The event that recorded the assertion. */
  readonly seq: number;
}

/** A withdrawal by a speaker or publisher. */
export interface PublicWithdrawal {
  readonly retraction: string;
  /** The claim, source or assertion that it withdraws. */
  readonly of: string;
  readonly by: 'speaker' | 'publisher' | 'ledger';
  readonly reason: string;
  /** The event that recorded it. */
  readonly seq: number;
}

/** What a reader of that day learnt. */
export interface PublicCause {
  /** What was said by that day and not by the one before, or in other words. */
  readonly said: readonly PublicSaying[];
  readonly withdrawn: readonly PublicWithdrawal[];
}

/** A point at which the belief in a claim changed (WIRE.md, "Timeline"). */
export interface TimelineItem {
  /** A day on the public axis, an instant on the recorded one. */
  readonly at: string;
  /** On the recorded axis: the event. */
  readonly seq?: number;
  readonly cause: Cause | PublicCause;
  /** Absent where the claim is new. */
  readonly before?: BeliefBrief;
  readonly after: BeliefBrief;
}

/** When belief in a claim changed, oldest first, without the pins. */
export interface TimelineAnswer {
  readonly claim: string;
  readonly axis: 'recorded' | 'public';
  /** The belief before the first item; absent where the claim was not there yet. */
  readonly start?: BeliefBrief;
  readonly items: readonly TimelineItem[];
  readonly next: string | null;
}

/** A page of a timeline: `next` is where the one after it begins, null at the end. */
export type TimelinePage = Pick<TimelineAnswer, 'items' | 'start'> & { readonly next: number | null };
