import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Ledger } from '@credence/runtime';
import type { BeliefBrief, ChangeItem } from '@credence/views';
import { patchOf } from '@credence/views';
import { happenings } from '../support/histories.js';
import { patched } from '../support/json-patch.js';
import { ledgersWithHistories } from '../support/ledgers-with-histories.js';

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 25);

const { ledgerOf, close } = ledgersWithHistories();
afterEach(close);
/** Those that ask each claim for what changed, as over many events. */
const asking = ledgersWithHistories({ mostFolded: 0 });
afterEach(asking.close);

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;
const at = (seq: number) => `@${String(seq)}`;
const pick = (n: number, head: number) => n % (head + 1);

/** What a diff compares: the claim's answer without pins and belief; null where there is none. */
async function stateOf(ledger: Ledger, claim: string, pins: object): Promise<unknown> {
  const answer = await ledger.claim(claim, pins).catch(() => undefined);
  if (answer === undefined) return null;
  const { pins: _p, belief: _b, ...state } = answer;
  return json(state);
}

const briefOf = async (ledger: Ledger, claim: string, pins: object): Promise<BeliefBrief | undefined> => {
  const answer = await ledger.belief(claim, pins).catch(() => undefined);
  if (answer === undefined) return undefined;
  const { core, coreHash } = answer;
  return { status: core.status, opinion: core.opinion, kappa: [core.pro.kappa, core.con.kappa], coreHash };
};

const PINS = fc.constantFrom(
  {},
  { publicBy: '2018' },
  { publicBy: '2019-04-18', certainty: 'possible' },
  { holdsAt: '2019-04-18' },
);

describe('a patch', () => {
  it('applied to the one value gives the other, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(patched(json(a), patchOf(json(a), json(b)))).toEqual(json(b));
      }),
    );
    const things = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c/d', '~', ''), n: fc.nat(2) }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(things, things, (a, b) => {
        expect(patched({ a }, patchOf({ a }, { a: b }))).toEqual({ a: b });
      }),
    );
  });
});

describe('a diff', () => {
  it('(a, b) applied to the state at a gives the state at b, either way, and tells the belief at both', () =>
    fc.assert(
      fc.asyncProperty(happenings(40), fc.nat(), fc.nat(), PINS, async (steps, m, n, pins) => {
        const { ledger, made, head } = await ledgerOf(steps);
        const [a, b] = [pick(m, head), pick(n, head)];
        for (const claim of made.claims.slice(0, 2)) {
          const [before, after] = [
            await stateOf(ledger, claim, { ...pins, asOf: at(a) }),
            await stateOf(ledger, claim, { ...pins, asOf: at(b) }),
          ];
          const asked = ledger.diff(claim, { ...pins, from: at(a), to: at(b) });
          if (before === null && after === null) {
            await expect(asked).rejects.toMatchObject({ code: 'not-found' });
            continue;
          }
          const { patch, belief, causes, from, to } = await asked;
          expect(patched(before, patch)).toEqual(after);
          expect([belief.before, belief.after]).toEqual([
            await briefOf(ledger, claim, { ...pins, asOf: at(a) }),
            await briefOf(ledger, claim, { ...pins, asOf: at(b) }),
          ]);
          expect([from.seq, to.seq]).toEqual([a, b]);
          for (const { seq, type } of causes) {
            expect(seq > Math.min(a, b) && seq <= Math.max(a, b)).toBe(true);
            expect((await ledger.event(seq)).type).toBe(type);
          }
          if (patch.length > 0 || belief.before?.coreHash !== belief.after?.coreHash)
            expect(causes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: RUNS },
    ));

  it('names every event that made a difference', () =>
    fc.assert(
      fc.asyncProperty(happenings(40), fc.nat(), async (steps, m) => {
        const { ledger, made, head } = await ledgerOf(steps);
        const a = pick(m, head);
        for (const claim of made.claims.slice(0, 2)) {
          const answer = await ledger.diff(claim, { from: at(a), to: at(head) });
          const named = new Set(answer.causes.map(({ seq }) => seq));
          for (let seq = a + 1; seq <= head; seq++) {
            const [was, is] = [
              [
                await stateOf(ledger, claim, { asOf: at(seq - 1) }),
                await briefOf(ledger, claim, { asOf: at(seq - 1) }),
              ],
              [await stateOf(ledger, claim, { asOf: at(seq) }), await briefOf(ledger, claim, { asOf: at(seq) })],
            ];
            if (JSON.stringify(was) !== JSON.stringify(is)) expect([...named]).toContain(seq);
          }
        }
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    ));
});

describe('changes', () => {
  it('are exactly the claims whose belief differs, other statuses first, then by weight; paged they are the same', () =>
    fc.assert(
      fc.asyncProperty(happenings(50), fc.nat(), fc.nat(), PINS, fc.boolean(), async (steps, m, n, pins, many) => {
        const { ledger, made, head } = await (many ? asking : { ledgerOf }).ledgerOf(steps);
        const [a, b] = [pick(m, head), pick(n, head)].sort((x, y) => x - y) as [number, number];
        const span = { ...pins, from: at(a), to: at(b) };
        const { items, total, next, from, to } = await ledger.changes({ ...span, limit: '500' });
        expect({ from: from.seq, to: to.seq, total, next }).toEqual({
          from: a,
          to: b,
          total: items.length,
          next: null,
        });
        const wanted = new Map<string, unknown>();
        for (const claim of made.claims) {
          const [before, after] = [
            await briefOf(ledger, claim, { ...pins, asOf: at(a) }),
            await briefOf(ledger, claim, { ...pins, asOf: at(b) }),
          ];
          if (after === undefined || before?.coreHash === after.coreHash) continue;
          if ('holdsAt' in pins) {
            const { holds } = await ledger.claim(claim, { ...pins, asOf: at(b) });
            if (holds !== 'certain' && holds !== 'possible') continue;
          }
          wanted.set(claim, { before, after });
        }
        expect(new Map(items.map(({ claim, before, after }) => [claim, { before, after }]))).toEqual(wanted);
        const rank = ({ before, after, weight }: ChangeItem) =>
          [before?.status.code === after.status.code ? 1 : 0, -Number(weight)] as const;
        for (const [i, item] of items.entries()) {
          expect(Number(item.weight)).toBeCloseTo(
            Math.abs(Number(item.after.opinion.P) - Number(item.before?.opinion.P ?? item.after.opinion.a)),
            9,
          );
          const [x, y] = [rank(items[i - 1] ?? item), rank(item)];
          expect(x[0] < y[0] || (x[0] === y[0] && x[1] <= y[1])).toBe(true);
          expect(item.causes.length).toBeGreaterThan(0);
          const { items: timeline } = await ledger.timeline(item.claim, { ...pins, asOf: at(b), limit: '500' });
          expect(item.causes.map(({ seq }) => seq)).toEqual(timeline.flatMap(({ seq = -1 }) => (seq > a ? [seq] : [])));
        }
        const paged: ChangeItem[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const page = await ledger.changes({ ...span, limit: '2', ...(cursor === undefined ? {} : { cursor }) });
          paged.push(...page.items);
          cursor = page.next;
        }
        expect(paged).toEqual(items);
      }),
      { numRuns: RUNS },
    ));
});

describe('blame', () => {
  it('names the event at which the belief came to its status, as the timeline tells it, at any pins', () =>
    fc.assert(
      fc.asyncProperty(happenings(50), fc.nat(), PINS, async (steps, m, pins) => {
        const { ledger, made, head } = await ledgerOf(steps);
        for (const moment of [{}, { asOf: at(pick(m, head)) }])
          for (const claim of made.claims.slice(0, 3)) {
            const asked = { ...pins, ...moment };
            const status = await ledger.blame(claim, { ...asked, field: 'belief' }).catch(() => undefined);
            if (status === undefined) continue; // not recorded yet
            const { items } = await ledger.timeline(claim, { ...asked, limit: '500' });
            const since = items.findLast(({ before, after }) => before?.status.code !== after.status.code);
            expect(status.items.map(({ path, value, seq }) => ({ path, value, seq }))).toEqual([
              { path: '/belief/status', value: since?.after.status.code, seq: since?.seq },
            ]);
          }
      }),
      { numRuns: RUNS },
    ));

  it('names for every value that stands the last event at which the history says that it was set', () =>
    fc.assert(
      fc.asyncProperty(happenings(50), async steps => {
        const { ledger, made } = await ledgerOf(steps);
        for (const claim of made.claims.slice(0, 3)) {
          const { items } = await ledger.blame(claim);
          const { items: history } = await ledger.history(claim);
          const shown = await ledger.claim(claim);
          const values = new Map(items.map(({ id, path, value }) => [`${id}${path}`, value]));
          expect(values.get(`${claim}/text`)).toBe(shown.text);
          expect(values.get(`${claim}/belief/status`)).toBe(shown.belief.status.code);
          for (const { id, stance, basis, source, hold } of shown.assertions)
            expect([`stance`, 'basis', 'source', 'hold'].map(name => values.get(`${id}/${name}`))).toEqual([
              stance,
              basis,
              source?.id,
              hold,
            ]);
          for (const { links } of [shown])
            for (const { id, from, to, kind, reason } of links)
              if (from === claim) expect(values.get(`${claim}/links/${id}`)).toMatchObject({ to, kind, reason });
          for (const { id, path, seq, actor, type, reason, thing, source } of items) {
            if (path === '/belief/status') continue;
            const set = history.filter(
              item => item.id === id && item.changes.some(c => c.path === path || c.path.startsWith(`${path}/`)),
            );
            expect(set.at(-1)).toMatchObject({ seq, actor, type, ...(reason === undefined ? {} : { reason }) });
            if (thing === 'assertion')
              expect(source).toEqual(shown.assertions.find(assertion => assertion.id === id)?.source);
          }
        }
      }),
      { numRuns: RUNS },
    ));
});
