import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '@credence/contracts';
import { applyPage, fingerprint, memoryViewStore, projection, settleSlice } from '@credence/kernel';
import { primitives } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { VIEWS } from '@credence/views';
import type { BeliefBrief } from '@credence/views';
import { carryOut, history, nothingMade, requestOf } from '../support/histories.js';
import type { Step } from '../support/histories.js';
import { openWithMedia } from '../support/ledgers.js';

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 20);

/** What is believed of every claim, at the pins. */
async function beliefs(ledger: Ledger, asOf?: string): Promise<Map<string, string>> {
  const at = asOf === undefined ? { after: String((await ledger.health()).head) } : { asOf };
  const { items } = await ledger.claims({ ...at, limit: '500' });
  return new Map(items.map(({ id, belief }) => [id, belief.coreHash]));
}

/** A ledger in memory with the history carried out, and what it made. */
async function withHistory(steps: readonly Step[]) {
  const opened = await openWithMedia('memory:');
  const made = nothingMade();
  for (const step of steps) await carryOut(opened.ledger, step, made);
  return { ...opened, made };
}

const same = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

describe('beliefs of a ledger', () => {
  it('46: recomputed in any pages and slices they equal a full recompute, and what each claim says when it is asked', () =>
    fc.assert(
      fc.asyncProperty(
        history(50),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
        async (steps, sizes) => {
          const { ledger, media } = await withHistory(steps);
          try {
            const { belief: view } = VIEWS(primitives.sha256);
            const sliced = projection({ ...view, settle: () => true }, memoryViewStore().open(view));
            const whole = projection(view, memoryViewStore().open(view));
            const events = [];
            for await (const page of media.events.readAll(null)) events.push(...page);
            for (let from = 0, i = 0; from < events.length; i++) {
              const size = sizes[i % sizes.length] as number;
              applyPage(sliced, events.slice(from, from + size));
              from += size;
              sliced.state.write(sliced.state.checkpoint()!, tables => void view.settle?.(tables, size % 4));
            }
            for (let left = true; left;)
              sliced.state.write(sliced.state.checkpoint()!, tables => {
                left = view.settle?.(tables, 2) ?? false;
              });
            applyPage(whole, events);
            while (whole.unsettled) settleSlice(whole);
            const asked = await beliefs(ledger);
            const kept = new Map(
              Array.from(whole.state.tables<BeliefBrief>('beliefs').range(), ({ key, value }) => [
                key[0] as string,
                value.coreHash,
              ]),
            );
            return (
              fingerprint(view, sliced.state, primitives.sha256) ===
                fingerprint(view, whole.state, primitives.sha256) && same(asked, kept)
            );
          } finally {
            await ledger.close();
          }
        },
      ),
      { numRuns: RUNS },
    ));

  it('31: retracted and reinstated, the core of every claim is what it was, byte for byte', () =>
    fc.assert(
      fc.asyncProperty(history(40), fc.nat(2), fc.nat(1000), async (steps, kind, n) => {
        const { ledger, made } = await withHistory(steps);
        try {
          const [command, list] = (
            [
              ['Source', made.sources],
              ['Claim', made.claims],
              ['Assertion', made.assertions.map(([id]) => id)],
            ] as const
          )[kind] as readonly [string, readonly string[]];
          const target = list[n % Math.max(1, list.length)];
          if (target === undefined) return true;
          const before = await beliefs(ledger);
          const send = (name: string, data: object) =>
            ledger.execute({ actor: 'ada', command: name, target, data: { ...data }, words: { reason: 'a test' } });
          const retracted = await send(`Retract${command}`, { by: n % 2 === 0 ? 'publisher' : 'ledger' });
          if (isRefusal(retracted)) return true;
          await send(`Reinstate${command}`, { retraction: retracted.receipt.id });
          return same(before, await beliefs(ledger));
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: RUNS },
    ));

  it('37, 38, 40: as of every moment they are what they were then, whatever was recorded or adopted later', () =>
    fc.assert(
      fc.asyncProperty(history(30), async steps => {
        const { ledger } = await openWithMedia('memory:');
        try {
          const made = nothingMade();
          const then: { seq: number; was: Map<string, string> }[] = [];
          for (const step of steps) {
            await carryOut(ledger, step, made);
            const { head } = await ledger.health();
            then.push({ seq: head, was: await beliefs(ledger) });
          }
          for (const { seq, was } of then) if (!same(was, await beliefs(ledger, `@${String(seq)}`))) return false;
          return true;
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    ));

  it('8: a command that is repeated changes no belief', () =>
    fc.assert(
      fc.asyncProperty(history(30), async steps => {
        const { ledger } = await openWithMedia('memory:');
        try {
          const made = nothingMade();
          for (const [i, step] of steps.entries()) {
            const request = requestOf(step, made);
            const idempotencyKey = `key-${String(i)}`;
            await carryOut(ledger, step, made, { idempotencyKey });
            const before = await beliefs(ledger);
            if (request !== undefined) await ledger.execute({ actor: 'ada', ...request, idempotencyKey });
            if (!same(before, await beliefs(ledger))) return false;
          }
          return true;
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    ));

  it('a dry run says exactly what the write then changes, and writes nothing', () =>
    fc.assert(
      fc.asyncProperty(history(40), async steps => {
        const { ledger } = await openWithMedia('memory:');
        try {
          const made = nothingMade();
          for (const [i, step] of steps.entries()) {
            const request = requestOf(step, made);
            if (request === undefined) continue;
            const before = await beliefs(ledger);
            const idempotencyKey = `key-${String(i)}`; // a dry run leaves it free, and ids come from it
            const dry = await ledger.execute({ actor: 'ada', ...request, idempotencyKey, dryRun: true });
            if (!same(before, await beliefs(ledger))) return false;
            const done = await carryOut(ledger, step, made, { idempotencyKey });
            if (isRefusal(dry) || done === undefined || isRefusal(done)) {
              if (!isRefusal(dry) || done === undefined || !isRefusal(done)) return false;
              continue;
            }
            const after = await beliefs(ledger);
            const moved = [...after].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id);
            const { belief, beliefs: others, stream } = dry.receipt;
            if (dry.receipt.events.length === 0) {
              if (moved.length > 0) return false;
              continue;
            }
            const own = stream.startsWith('claim-') ? stream.slice('claim-'.length) : undefined;
            if (others?.total !== moved.filter(id => id !== own).length) return false;
            if (others.items.some(item => after.get(item.claim) !== item.after.coreHash)) return false;
            if (
              own !== undefined &&
              (belief?.after.coreHash !== after.get(own) || belief?.before?.coreHash !== before.get(own))
            )
              return false;
          }
          return true;
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: RUNS },
    ));

  it('a history says what each event did to the belief, as the beliefs as of it and before it do', () =>
    fc.assert(
      fc.asyncProperty(history(36), async steps => {
        const { ledger, made } = await withHistory(steps);
        try {
          for (const claim of made.claims) {
            const { items } = await ledger.history(claim);
            for (const { seq, belief } of items) {
              const [before, after] = [
                (await beliefs(ledger, `@${String(seq - 1)}`)).get(claim),
                (await beliefs(ledger, `@${String(seq)}`)).get(claim),
              ];
              const wanted = before === after ? undefined : JSON.stringify([before, after]);
              const told =
                belief === undefined ? undefined : JSON.stringify([belief.before?.coreHash, belief.after.coreHash]);
              if (wanted !== told) return false;
            }
          }
          return true;
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    ));

  it('adopts policies in these histories', async () => {
    const kinds = new Set<string>();
    for (const steps of fc.sample(history(60), { numRuns: 20, seed: 3 })) for (const { kind } of steps) kinds.add(kind);
    expect(kinds).toContain('policy');
  });
});
