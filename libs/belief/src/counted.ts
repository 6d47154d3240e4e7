import type { Facts, Query, Stance, Withdrawal } from './facts.js';
import { pinsOf, rollOf, standing } from './pins.js';

/** What an assertion says at the pins: the words of its last version that counts there. */
export interface Said {
  readonly stance: Stance | null;
  readonly basis: string;
}

/**
 * The assertions on the claim that count at the pins, by id: live, and said by then.
 *
 * @param withoutWithdrawals - as if no speaker and no publisher had withdrawn anything
 */
export const countedOn = (
  facts: Facts,
  claim: string,
  query: Query,
  withoutWithdrawals = false,
): ReadonlyMap<string, Said> =>
  new Map(
    rollOf(facts, claim, pinsOf(query, withoutWithdrawals)).counted.map(
      ({ fact, stance, basis }) => [fact.id, { stance, basis }] as const,
    ),
  );

/** Whether a speaker's or publisher's withdrawal counts at the pins. One by the ledger is none. */
export const isWithdrawn = (withdrawal: Withdrawal, query: Query): boolean =>
  standing([withdrawal], pinsOf(query)) === 'withdrawn';
