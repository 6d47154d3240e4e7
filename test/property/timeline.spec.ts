import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantMs } from '@credence/time';
import type { Ledger, TimelineParameters } from '@credence/runtime';
import type { BeliefBrief, TimelineItem } from '@credence/views';
import { happenings } from '../support/histories.js';
import { ledgersWithHistories } from '../support/ledgers-with-histories.js';

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 25);

const { ledgerOf, close } = ledgersWithHistories();
afterEach(close);

const briefOf = async (ledger: Ledger, claim: string, pins: object): Promise<BeliefBrief> => {
  const { core, coreHash } = await ledger.belief(claim, pins);
  return { status: core.status, opinion: core.opinion, kappa: [core.pro.kappa, core.con.kappa], coreHash };
};

/** Every page of it. */
async function whole(ledger: Ledger, claim: string, parameters: TimelineParameters): Promise<readonly TimelineItem[]> {
  const items: TimelineItem[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await ledger.timeline(claim, { ...parameters, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

describe('a timeline', () => {
  it('on the recorded axis has exactly the events at which the belief as of them is another one', () =>
    fc.assert(
      fc.asyncProperty(happenings(24), async steps => {
        const { ledger, made, head } = await ledgerOf(steps);
        for (const claim of made.claims.slice(0, 2)) {
          const wanted: { seq: number; before?: BeliefBrief; after: BeliefBrief }[] = [];
          let before: BeliefBrief | undefined;
          for (let seq = 0; seq <= head; seq++) {
            const after = await briefOf(ledger, claim, { asOf: `@${String(seq)}` }).catch(() => undefined);
            if (after !== undefined && after.coreHash !== before?.coreHash)
              wanted.push({ seq, ...(before === undefined ? {} : { before }), after });
            before = after;
          }
          const { items, start } = await ledger.timeline(claim, { limit: '500' });
          expect(start).toBeUndefined();
          expect(items.map(({ seq, before: was, after }) => ({ seq, ...(was && { before: was }), after }))).toEqual(
            wanted,
          );
          for (const { at, seq, cause } of items)
            expect({ at, seq }).toEqual({
              at: (await ledger.event(seq as number)).recordedAt,
              seq: 'seq' in cause ? cause.seq : -1,
            });
          expect(await whole(ledger, claim, { limit: '2' })).toEqual(items);
        }
      }),
      { numRuns: RUNS },
    ));

  it.each(['certain', 'possible'])('on the public axis tells the belief of every day, %s', certainty =>
    fc.assert(
      fc.asyncProperty(happenings(60), async steps => {
        const { ledger, made } = await ledgerOf(steps);
        for (const claim of made.claims.slice(0, 3)) {
          const { items, start } = await ledger.timeline(claim, { axis: 'public', certainty, limit: '500' });
          const told = (day: string) => items.filter(({ at }) => at <= day).at(-1)?.after ?? start;
          for (const day of PROBED)
            expect({ day, belief: told(day) }).toEqual({
              day,
              belief: await briefOf(ledger, claim, { publicBy: day, certainty }),
            });
          for (const [i, { before, after, cause }] of items.entries()) {
            expect(before).toEqual(i === 0 ? start : items[i - 1]?.after);
            expect(before?.coreHash).not.toBe(after.coreHash);
            expect('said' in cause && cause.said.length + cause.withdrawn.length).toBeGreaterThan(0);
          }
          expect(await whole(ledger, claim, { axis: 'public', certainty, limit: '1' })).toEqual(items);
          const until = await ledger.timeline(claim, { axis: 'public', certainty, publicBy: '2018', limit: '500' });
          expect(until.items).toEqual(items.filter(({ at }) => at <= '2018-12-31'));
        }
      }),
      { numRuns: RUNS },
    ),
  );
});

/** Around every bound of the dates in random histories. */
const PROBED = [
  '2017-01-18',
  '2017-02-01',
  '2017-04-30',
  '2018-01-01',
  '2018-04-11',
  '2019-04-18',
  '2026-01-01',
  '2026-01-31',
]
  .flatMap(day => [-1, 0, 1].map(by => new Date((instantMs(`${day}T00:00Z`) as number) + by * 86_400_000)))
  .map(date => date.toISOString().slice(0, 10));
