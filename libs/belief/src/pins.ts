import { compareDays } from '@credence/time';

import type { AssertionFact, DateBounds, Facts, Query, SourceFact, Stance, VersionFact, Withdrawal } from './facts.js';

/** The moment asked about on the asserted axis (BELIEF.md §8). */
export interface Pins {
  readonly publicBy?: string;
  readonly certain: boolean;
  /** Asks what would stand had no speaker and no publisher withdrawn anything (BELIEF.md §6, rule 2). */
  readonly withoutWithdrawals: boolean;
}

export const pinsOf = (query: Query, withoutWithdrawals = false): Pins => ({
  ...(query.publicBy !== undefined && { publicBy: query.publicBy }),
  certain: query.certainty !== 'possible',
  withoutWithdrawals,
});

/** An assertion that counts at the pins, with the words of its last version that counts. */
export interface Counted {
  readonly fact: AssertionFact;
  /** Undefined: an unknown hop without a source. */
  readonly source: SourceFact | undefined;
  readonly stance: Stance | null;
  readonly basis: string;
  /** How many of its versions, from the first record on, had all been said: none where only a later one was. */
  readonly said: number;
}

/** The assertions on one claim, sorted by whether they count at the pins. */
export interface Roll {
  readonly counted: readonly Counted[];
  readonly retracted: readonly AssertionFact[];
  readonly outOfTime: readonly AssertionFact[];
  /** Some assertion is dead by the word of a speaker or publisher. */
  readonly withdrawn: boolean;
}

/** Who is live on the claim: no retraction stands against the assertion, its source or its claim, and its date counts. */
export function rollOf(facts: Facts, claim: string, pins: Pins): Roll {
  const ofClaim = standing(facts.claim(claim)?.retractions, pins);
  const live: Counted[] = [];
  const retracted: AssertionFact[] = [];
  let withdrawn = false;
  for (const fact of facts.assertionsOn(claim)) {
    const source = fact.source === undefined ? undefined : (facts.source(fact.source) ?? unregistered(fact.source));
    const ofSource = standing(source?.retractions, pins);
    const ofAssertion = standing(fact.retractions, pins);
    if (ofClaim || ofSource || ofAssertion) {
      retracted.push(fact);
      withdrawn ||= [ofClaim, ofSource, ofAssertion].includes('withdrawn');
    } else
      live.push({
        fact,
        source,
        stance: fact.stance ?? null,
        basis: fact.basis,
        said: 1 + (fact.versions?.length ?? 0),
      });
  }
  if (pins.publicBy === undefined) return { counted: live.map(lastVersion), retracted, outOfTime: [], withdrawn };
  return { ...inTime(live, pins.publicBy, pins.certain), retracted, withdrawn };
}

/** A source whose registration was redacted is trusted as one that nobody named. */
const unregistered = (id: string): SourceFact => ({ id, kind: 'group', named: 'nobody', retractions: [] });

/** How what these retractions are about is dead at the pins, if it is. */
export function standing(
  retractions: readonly Withdrawal[] | undefined,
  pins: Pins,
): 'withdrawn' | 'dropped' | undefined {
  if (!retractions || retractions.length === 0) return undefined;
  if (!pins.withoutWithdrawals && retractions.some(r => r.by !== 'ledger' && withdrawnBy(r, pins))) return 'withdrawn';
  return retractions.some(r => r.by === 'ledger') ? 'dropped' : undefined;
}

function withdrawnBy({ bounds }: Withdrawal, { publicBy, certain }: Pins): boolean {
  if (publicBy === undefined) return true;
  if (certain) return !bounds || beganBy(bounds, publicBy); // it may have happened
  return bounds !== undefined && endedBy(bounds, publicBy); // it must have happened
}

function lastVersion(live: Counted): Counted {
  const versions = live.fact.versions;
  return versions ? versions.reduce(revised, live) : live;
}

const revised = (live: Counted, version: VersionFact): Counted => ({
  ...live,
  stance: version.stance === undefined ? live.stance : version.stance,
  basis: version.basis ?? live.basis,
});

/** What of the live assertions was said by the day, each in its last version that was. */
function inTime(live: readonly Counted[], day: string, certain: boolean): Pick<Roll, 'counted' | 'outOfTime'> {
  const latest = latestDays(live);
  const counted: Counted[] = [];
  const outOfTime: AssertionFact[] = [];
  for (const said of live) {
    const known = latest.get(said.fact.id);
    const first = (known !== undefined && onOrBefore(known, day)) || (!certain && beganBy(said.fact.bounds, day));
    const all = said.fact.versions ?? [];
    const by = ({ bounds }: VersionFact) => endedBy(bounds, day) || (!certain && beganBy(bounds, day));
    const versions = all.filter(by);
    const unsaid = first ? all.findIndex(version => !by(version)) : -1;
    const leading = !first ? 0 : 1 + (unsaid < 0 ? all.length : unsaid);
    if (first || versions.length > 0) counted.push({ ...versions.reduce(revised, said), said: leading });
    else outOfTime.push(said.fact);
  }
  return { counted, outOfTime };
}

/**
 * By assertion, the latest day on which it was said: the least upper bound of its own dates and of the live assertions
 * that relay it, directly or through others. Absent: nothing dates it.
 */
function latestDays(live: readonly Counted[]): Map<string, string> {
  const byId = new Map(live.map(said => [said.fact.id, said.fact]));
  const dated = live
    .flatMap(({ fact }) =>
      [fact, ...(fact.versions ?? [])].flatMap(({ bounds: { hi, uncertain } }) =>
        hi === null || uncertain ? [] : [{ fact, hi }],
      ),
    )
    .sort((x, y) => compareDays(x.hi, y.hi));
  const latest = new Map<string, string>();
  for (const { fact, hi } of dated) {
    const open = [fact];
    for (let said = open.pop(); said; said = open.pop()) {
      if (latest.has(said.id)) continue; // by an earlier day
      latest.set(said.id, hi);
      for (const relay of said.relays) {
        const relayed = relay.unknown || relay.fidelity === 'misattributed' ? undefined : byId.get(relay.assertion);
        if (relayed) open.push(relayed);
      }
    }
  }
  return latest;
}

const beganBy = ({ lo }: DateBounds, day: string) => lo === null || onOrBefore(lo, day);
const endedBy = ({ hi, uncertain }: DateBounds, day: string) => hi !== null && !uncertain && onOrBefore(hi, day);
const onOrBefore = (x: string, y: string) => compareDays(x, y) <= 0;
