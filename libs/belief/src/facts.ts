/**
 * What belief reads of a ledger at one moment (BELIEF.md §1). Views and tests implement `Facts`; ids are opaque strings,
 * compared by their code units, which for the ledger's ids is bytewise.
 */
export interface Facts {
  source(id: string): SourceFact | undefined;
  claim(id: string): ClaimFact | undefined;
  /** Every assertion ever recorded on the claim, live or not, in any order. */
  assertionsOn(claim: string): readonly AssertionFact[];
  /** The links in force that touch the claim, at either end. */
  linksOf(claim: string): readonly LinkFact[];
  /** The derivations in force whose conclusion is the claim. */
  derivationsFor(conclusion: string): readonly DerivationFact[];
  /** The members of the source's declared unit, sorted; declared units that overlap are one. Undefined: in no unit. */
  unitOf(source: string): readonly string[] | undefined;
}

export type Grade = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G';
export type Hold = 'held' | 'cited' | 'redacted' | 'unknown';
export type Polarity = 'for' | 'against';

export interface SourceFact {
  readonly id: string;
  readonly kind: 'person' | 'organisation' | 'group' | 'record';
  readonly named: 'publicly' | 'to-us' | 'nobody';
  /** Absent: nobody graded it, which counts as F. */
  readonly grade?: Grade;
  readonly retractions: readonly Withdrawal[];
}

/** A retraction that stands; lifted ones are not given. Without `bounds` nobody knows when it was said. */
export interface Withdrawal {
  readonly id: string;
  readonly by: 'speaker' | 'publisher' | 'ledger';
  readonly bounds?: DateBounds;
}

/** Days in UTC as `@credence/time` writes them; null is unknown. */
export interface DateBounds {
  readonly lo: string | null;
  readonly hi: string | null;
  /** The date was given with `?` or `%`: it keeps its bounds but proves no latest day. */
  readonly uncertain?: boolean;
}

export interface ClaimFact {
  readonly id: string;
  readonly form?: string;
  readonly retractions: readonly Withdrawal[];
  /** The successor of a ClaimSuperseded that stands. */
  readonly supersededBy?: string;
}

export interface AssertionFact {
  readonly id: string;
  readonly claim: string;
  /** Absent for an unknown hop without a source: an unnamed stand-in of grade F, named by the assertion's id. */
  readonly source?: string;
  /** Absent: a pure relay. */
  readonly stance?: Stance;
  readonly basis: string;
  readonly relays: readonly RelayFact[];
  readonly support?: string;
  readonly hold: Hold;
  readonly bounds: DateBounds;
  readonly retractions: readonly Withdrawal[];
  /** The speaker's own revisions, oldest first; what one leaves out stays as it was. */
  readonly versions?: readonly VersionFact[];
}

/** A named stance, or b and d as decimal strings of at most six places. */
export type Stance = string | { readonly b: string; readonly d: string };

export interface VersionFact {
  readonly bounds: DateBounds;
  /** Null: the revision cleared the stance. */
  readonly stance?: Stance | null;
  readonly basis?: string;
}

/** `unknown: true` ends a chain: nothing comes through it. */
export type RelayFact =
  | { readonly assertion: string; readonly how?: string; readonly fidelity?: string; readonly unknown?: never }
  | { readonly unknown: true };

export interface LinkFact {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly phi?: string;
}

export interface DerivationFact {
  readonly id: string;
  readonly conclusion: string;
  readonly premises: readonly string[];
  readonly polarity: Polarity;
  readonly phi?: string;
}

export interface Query {
  /** The last day that counts, ISO; absent: everything said so far. */
  readonly publicBy?: string;
  /** Default `certain`. Without `publicBy` it has no effect. */
  readonly certainty?: 'certain' | 'possible';
}
