import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyPage, fingerprint, memoryViewStore, projection, settleSlice } from '@credence/kernel';
import { primitives } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { VIEWS } from '@credence/views';
import { carryOut, history, nothingMade } from '../support/histories.js';
import { openWithMedia, STORES } from '../support/ledgers.js';

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 25);

/** Everything that a reader can see of the whole ledger, without the pins. */
async function everything(ledger: Ledger, asOf?: string): Promise<string> {
  const at = asOf === undefined ? {} : { asOf };
  const { pins, ...summary } = await ledger.summary(at);
  const claims = await ledger.claims({ ...at, limit: '500' });
  const whole = await Promise.all(
    claims.items.map(async ({ id }) => {
      const { pins: _c, ...claim } = await ledger.claim(id, at);
      const { pins: _h, ...past } = await ledger.history(id, at);
      const { pins: _n, ...chain } = await ledger.chain(id, at);
      return { claim, past, chain };
    }),
  );
  const { items: sources } = await ledger.sources({ ...at, limit: '500' });
  const { items: units } = await ledger.units({ ...at, limit: '500' });
  const { final: _, ...moment } = pins.asOf;
  return JSON.stringify({ moment, summary, items: claims.items, whole, sources, units });
}

describe.each(STORES)('promise 4: replay is the truth ($name)', ({ place }) => {
  it('as of every moment a ledger answers what it answered then', () =>
    fc.assert(
      fc.asyncProperty(history(24), fc.array(fc.nat(3000), { minLength: 24, maxLength: 24 }), async (steps, ticks) => {
        const { url, remove } = place();
        let now = Date.parse('2026-01-05T10:00:00Z');
        let highest = now;
        const { ledger } = await openWithMedia(url, () => now);
        try {
          const made = nothingMade();
          const seen: { token: string; then: string }[] = [];
          for (const [i, step] of steps.entries()) {
            now = Math.max(highest - 4000, now + (ticks[i] ?? 0) - 800); // the clock steps back too, by less than 5 s
            highest = Math.max(highest, now);
            await carryOut(ledger, step, made);
            const { head } = await ledger.health();
            const { pins } = await ledger.summary({ after: String(head) });
            seen.push({ token: pins.asOf.token as string, then: await everything(ledger) });
          }
          for (const { token, then } of seen) if ((await everything(ledger, token)) !== then) return false;
          return true;
        } finally {
          await ledger.close();
          remove();
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    ));
});

describe('promise 4: views are pure folds', () => {
  it('a rebuild in any page size has the fingerprints of the live views', () =>
    fc.assert(
      fc.asyncProperty(history(60), fc.integer({ min: 1, max: 70 }), async (steps, pageSize) => {
        const { ledger, media } = await openWithMedia('memory:');
        try {
          const made = nothingMade();
          for (const step of steps) await carryOut(ledger, step, made);
          const { head } = await ledger.health();
          await ledger.summary({ after: String(head) });
          const rebuilt = memoryViewStore();
          return await allEqual(Object.values(VIEWS(primitives.sha256)), async view => {
            const again = projection(view, rebuilt.open(view));
            for await (const page of media.events.readAll(null, { pageSize })) applyPage(again, page);
            while (again.unsettled) settleSlice(again);
            const live = fingerprint(view, media.views.open(view), primitives.sha256);
            return again.stopped === undefined && live === fingerprint(view, again.state, primitives.sha256);
          });
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: RUNS },
    ));

  it('random histories carry out commands of every kind', async () => {
    const { ledger } = await openWithMedia('memory:');
    const kinds = new Set<string>();
    for (const steps of fc.sample(history(60), { numRuns: 40, seed: 7 })) {
      const made = nothingMade();
      for (const step of steps) {
        const outcome = await carryOut(ledger, step, made);
        if (outcome !== undefined && 'receipt' in outcome)
          for (const { type } of outcome.receipt.events) kinds.add(type);
      }
    }
    await ledger.close();
    expect(kinds.size).toBeGreaterThanOrEqual(22);
  });
});

async function allEqual<T>(items: readonly T[], check: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (!(await check(item))) return false;
  return true;
}
