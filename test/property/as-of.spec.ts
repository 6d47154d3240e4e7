import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { isLedgerError } from '@credence/contracts';
import { applyPage, asOf, fingerprint, memoryViewStore, projection, remembering } from '@credence/kernel';
import type { ReadTables, View } from '@credence/kernel';
import { primitives } from '@credence/runtime';
import type { Ledger, LocalLedger, ReadParameters } from '@credence/runtime';
import { beliefView, claimsPage, summaryAnswer, VIEWS } from '@credence/views';
import type { ReadModel } from '@credence/views';
import { carryOut, history, nothingMade } from '../support/histories.js';
import type { Made, Step } from '../support/histories.js';
import { openWithMedia, STORES } from '../support/ledgers.js';
import { ledgerOfPrefix } from '../support/prefix.js';

jest.setTimeout(180_000);

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 12);
const START = Date.parse('2026-01-05T10:00:00Z');

/** Pins of the other two axes, and every combination of them with `asOf`. */
const AXES: readonly ReadParameters[] = ['', '2018-01-01', '2019-04-18', '2026'].flatMap(publicBy =>
  (publicBy === '' ? [''] : ['certain', 'possible']).flatMap(certainty =>
    ['', '2019-04-18'].map(holdsAt => ({
      ...(publicBy === '' ? {} : { publicBy, certainty }),
      ...(holdsAt === '' ? {} : { holdsAt }),
    })),
  ),
);

const STATUSES = ['attributed', 'corroborated,disputed', 'unverified', 'retracted,superseded,denied,refuted'];

/** Every answer about every thing that was ever made, at pins; where there is none, the code that says so. */
async function everyAnswer(ledger: Ledger, pins: ReadParameters, made: Made): Promise<string[]> {
  const asked = async (what: string, answer: Promise<object>) => {
    try {
      const { pins: of, ...rest } = (await answer) as { pins: { asOf: { final: boolean } } };
      const { final: _, ...moment } = of.asOf;
      return `${what}: ${JSON.stringify({ ...rest, of: { ...of, asOf: moment } })}`;
    } catch (error) {
      if (!isLedgerError(error, 'not-found') && !isLedgerError(error, 'invalid-parameter')) throw error;
      return `${what}: ${error.code}`;
    }
  };
  const pages = async (status: string) => {
    const all = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const at = cursor === undefined ? {} : { cursor };
      const { items, next } = await ledger.claims({ ...pins, status, limit: '2', ...at });
      all.push(...items);
      cursor = next ?? undefined;
    }
    return { items: all, pins: (await ledger.summary(pins)).pins };
  };
  const answers = [
    asked('summary', ledger.summary(pins)),
    asked('claims', ledger.claims({ ...pins, limit: '500', facets: 'status,source,topic,entity' })),
    asked('topic', ledger.claims({ ...pins, topic: 'topic-1', facets: 'status' })),
    ...['claim', 'corrected', 'source', 'claim 3', 'sourc*'].map(q => asked(`q ${q}`, ledger.claims({ ...pins, q }))),
    ...STATUSES.map(status => asked(`status ${status}`, ledger.claims({ ...pins, status, limit: '500' }))),
    asked('pages', pages(STATUSES[0]!)),
    asked('sources', ledger.sources({ ...pins, limit: '500' })),
    asked('units', ledger.units({ ...pins, limit: '500' })),
    asked('policies', ledger.policies({ ...pins, limit: '500' })),
    ...made.claims.flatMap(id => [
      asked(`claim ${id}`, ledger.claim(id, pins)),
      asked(`belief ${id}`, ledger.belief(id, pins)),
      asked(`chain ${id}`, ledger.chain(id, pins)),
      asked(`history ${id}`, ledger.history(id, pins)),
    ]),
    ...made.sources.flatMap(id => [
      asked(`source ${id}`, ledger.source(id, pins)),
      asked(`list of ${id}`, ledger.claims({ ...pins, source: id })),
      asked(`impact ${id}`, ledger.impact(id, pins)),
      asked(`what if ${id}`, ledger.impact(id, { ...pins, whatIf: 'retracted' })),
      asked(`history ${id}`, ledger.sourceHistory(id, pins)),
    ]),
    ...made.units.map(id => asked(`unit ${id}`, ledger.unit(id, pins))),
  ];
  return Promise.all(answers);
}

/** A ledger with a random history, its clock stepping back and forth. */
async function recorded(url: string, steps: readonly Step[], ticks: readonly number[]) {
  let now = START;
  let highest = START;
  const opened = await openWithMedia(url, () => now);
  const made = nothingMade();
  for (const [i, step] of steps.entries()) {
    // Back as well, but never so far that the ledger refuses the clock.
    now = Math.max(highest - 4000, now + (ticks[i % ticks.length] ?? 0) - 800);
    highest = Math.max(highest, now);
    await carryOut(opened.ledger, step, made);
  }
  const head = (await opened.ledger.health()).head;
  await opened.ledger.summary({ after: String(head) });
  now += 60_000; // no date that is asked about lies in the future
  return { ...opened, made, head, now };
}

const clockSteps = fc.array(fc.nat(3000), { minLength: 1, maxLength: 24 });

function expectSame(then: readonly string[], now: readonly string[], where: string): void {
  const other = then.findIndex((text, i) => text !== now[i]);
  if (other >= 0) throw new Error(`${where}\n was ${String(then[other])}\n  is ${String(now[other])}`);
}

describe('as-of equals prefix replay', () => {
  it('for every prefix and every combination of pins: all reads answer as a ledger that has no more than the prefix', () =>
    fc.assert(
      fc.asyncProperty(
        history(22),
        clockSteps,
        fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
        async (steps, ticks, picks) => {
          const { ledger, media, made, head, now } = await recorded('memory:', steps, ticks);
          try {
            for (let seq = 0; seq <= head; seq++) {
              const then = await ledgerOfPrefix(media.events, seq + 1, now);
              const { token } = (await then.summary()).pins.asOf;
              // Every prefix with some of the combinations; over the runs each with each.
              for (const pick of picks) {
                const axes = AXES[(pick + seq) % AXES.length] as ReadParameters;
                const [was, is] = await Promise.all([
                  everyAnswer(then, axes, made),
                  everyAnswer(ledger, { ...axes, asOf: token as string }, made),
                ]);
                expectSame(was, is, `as of event ${String(seq)} of ${String(head)}, ${JSON.stringify(axes)}`);
              }
              await then.close();
            }
          } finally {
            await ledger.close();
          }
        },
      ),
      { numRuns: RUNS },
    ));
});

describe.each(STORES)('a token answers the same for ever ($name)', ({ place, persists }) => {
  it('through later events, a rebuild and a restart', () =>
    fc.assert(
      fc.asyncProperty(history(16), history(10), clockSteps, async (steps, later, ticks) => {
        const { url, remove } = place();
        const { made, now, ...opened } = await recorded(url, steps, ticks);
        let ledger: LocalLedger = opened.ledger;
        try {
          const asOf = (await ledger.summary()).pins.asOf.token as string;
          const known: Made = structuredClone(made);
          const all = async () =>
            (await Promise.all(AXES.slice(0, 3).map(axes => everyAnswer(ledger, { ...axes, asOf }, known)))).flat();
          const was = await all();
          for (const step of later) await carryOut(ledger, step, made);
          await ledger.summary({ after: String((await ledger.health()).head) });
          expectSame(was, await all(), 'after later events');
          expect((await ledger.rebuild()).ok).toBe(true);
          expectSame(was, await all(), 'after a rebuild');
          if (!persists) return;
          await ledger.close();
          ({ ledger } = await openWithMedia(url, () => now + 60_000));
          await ledger.built();
          expectSame(was, await all(), 'after a restart');
        } finally {
          await ledger.close();
          remove();
        }
      }),
      { numRuns: Math.ceil(RUNS / 3) },
    ));
});

describe('beliefs that wait to be computed', () => {
  it('are known as of every event, and come to the same tables, however many wait and however long', () =>
    fc.assert(
      fc.asyncProperty(
        history(40),
        fc.array(fc.nat(6), { minLength: 1, maxLength: 12 }),
        fc.nat(3),
        async (steps, sizes, few) => {
          const { ledger, media, made } = await recorded('memory:', steps, [900]);
          try {
            const events = [];
            for await (const page of media.events.readAll(null)) events.push(...page);
            const view = remembering(beliefView(primitives.sha256, few));
            const lazy = projection({ ...view, settle: () => true }, memoryViewStore().open(view));
            const settle = (most: number) => {
              let left = false;
              lazy.state.write(lazy.state.checkpoint()!, tables => {
                left = view.settle?.(tables, most) ?? false;
              });
              return left;
            };
            const live = VIEWS(primitives.sha256);
            const model = (tables: ReadTables, seq: number) => {
              const as = <V extends View>(of: V, name: string) =>
                asOf(of, media.views.open(live[name as 'claims']).tables, seq);
              const others = Object.fromEntries(Object.entries(live).map(([name, of]) => [name, as(of, name)]));
              return {
                ...(others as unknown as ReadModel),
                belief: asOf(view, tables, seq),
                upTo: seq,
                sha256: primitives.sha256,
                query: {},
              };
            };
            const told = (tables: ReadTables, seq: number) => {
              const at = model(tables, seq);
              const lists = STATUSES.map(codes => claimsPage(at, { limit: 500 }, { status: codes.split(',') }).items);
              return JSON.stringify([summaryAnswer(at), lists, claimsPage(at, { limit: 500 }, {}).items]);
            };
            const belief = media.views.open(live.belief).tables;
            const wanted = events.map(({ seq }) => told(belief, seq));
            for (let from = 0, i = 0; from < events.length; i++) {
              const size = 1 + (sizes[i % sizes.length] as number);
              applyPage(lazy, events.slice(from, from + size));
              from += size;
              settle(size % 3);
              for (let seq = 0; seq < Math.min(from, events.length); seq += 1 + (size % 4))
                if (told(lazy.state.tables, seq) !== wanted[seq])
                  throw new Error(
                    `as of ${String(seq)}\n is ${told(lazy.state.tables, seq)}\n wanted ${String(wanted[seq])}`,
                  );
            }
            while (settle(2));
            return (
              made.claims.length === 0 ||
              fingerprint(view, lazy.state, primitives.sha256) ===
                fingerprint(live.belief, media.views.open(live.belief), primitives.sha256)
            );
          } finally {
            await ledger.close();
          }
        },
      ),
      { numRuns: RUNS * 2 },
    ));
});

describe('a date', () => {
  it('means the last event by the running maximum of the clock, and what was said by then', () =>
    fc.assert(
      fc.asyncProperty(history(20), clockSteps, fc.nat(30_000), async (steps, ticks, ms) => {
        const { ledger, media, head } = await recorded('memory:', steps, ticks);
        try {
          const until = START - 800 + ms;
          let last = -1;
          let highest = -Infinity;
          for await (const page of media.events.readAll(null))
            for (const { seq, recordedAt } of page) {
              highest = Math.max(highest, Date.parse(recordedAt));
              if (highest <= until) last = seq;
            }
          const { asOf } = (await ledger.summary({ asOf: new Date(until).toISOString() })).pins;
          return (asOf.seq ?? -1) === last && asOf.final === last < head;
        } finally {
          await ledger.close();
        }
      }),
      { numRuns: RUNS * 2 },
    ));
});
