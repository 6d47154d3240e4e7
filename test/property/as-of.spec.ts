import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { isLedgerError, isRefusal } from '@credence/contracts';
import {
  applyPage,
  asOf,
  each,
  fingerprint,
  memoryCaptureStore,
  memoryCheckpointStore,
  memoryEventStore,
  memoryViewStore,
  projection,
  remembering,
  seal,
} from '@credence/kernel';
import type { ReadTables, StoredEvent, View } from '@credence/kernel';
import { localLedger, primitives } from '@credence/runtime';
import type { Ledger, LocalLedger, Media, ReadParameters } from '@credence/runtime';
import { boundsOf } from '@credence/time';
import { beliefView, claimsPage, summaryAnswer, VIEWS } from '@credence/views';
import type { ReadModel } from '@credence/views';
import { happen, happenings, history, nothingMade } from '../support/histories.js';
import type { Happening, Made } from '../support/histories.js';
import { openWithMedia, STORES } from '../support/ledgers.js';
import { ledgerOfPrefix } from '../support/prefix.js';

jest.setTimeout(180_000);

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 8);
const LIVE: Readonly<Record<keyof ReturnType<typeof VIEWS>, View>> = VIEWS(primitives.sha256);
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
      return `${what}: ${JSON.stringify(await answer, (name, value: unknown) => (name === 'final' ? undefined : value))}`;
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
    asked('changes', ledger.changes({ ...pins, from: '@0', limit: '500' })),
    asked('sources', ledger.sources({ ...pins, limit: '500' })),
    asked('units', ledger.units({ ...pins, limit: '500' })),
    asked('policies', ledger.policies({ ...pins, limit: '500' })),
    ...made.claims.flatMap(id => [
      asked(`claim ${id}`, ledger.claim(id, pins)),
      asked(`belief ${id}`, ledger.belief(id, pins)),
      asked(`chain ${id}`, ledger.chain(id, pins)),
      asked(`history ${id}`, ledger.history(id, pins)),
      asked(`recorded timeline ${id}`, ledger.timeline(id, { ...pins, limit: '500' })),
      asked(`public timeline ${id}`, ledger.timeline(id, { ...pins, axis: 'public', limit: '500' })),
      asked(`diff ${id}`, ledger.diff(id, { ...pins, from: '@0' })),
      asked(`blame ${id}`, ledger.blame(id, pins)),
      asked(`citation ${id}`, ledger.citation(id, pins)),
    ]),
    ...made.sources.flatMap(id => [
      asked(`source ${id}`, ledger.source(id, pins)),
      asked(`list of ${id}`, ledger.claims({ ...pins, source: id })),
      asked(`impact ${id}`, ledger.impact(id, pins)),
      ...['retracted', 'dropped', 'grade:D'].map(whatIf =>
        asked(`impact ${whatIf} ${id}`, ledger.impact(id, { ...pins, whatIf })),
      ),
      asked(`history ${id}`, ledger.sourceHistory(id, pins)),
    ]),
    ...made.units.map(id => asked(`unit ${id}`, ledger.unit(id, pins))),
  ];
  return Promise.all(answers);
}

/** An event that comes to be set aside: one that the search cannot take, or one of a type that nobody knows. */
interface Aside {
  readonly seq: number;
  readonly foreign: boolean;
}

const WAITS = 2;

/** A ledger with a random history, its clock stepping back and forth. */
async function recorded(url: string, steps: readonly Happening[], ticks: readonly number[], aside?: Aside) {
  let now = START;
  let highest = START;
  const search: View = {
    ...LIVE.search,
    apply: (event, tables) => {
      if (event.seq === aside?.seq) throw new Error('cannot be read');
      LIVE.search.apply(event, tables);
    },
  };
  const clock = () => now;
  const views = { ...LIVE, search };
  const opened = url === 'memory:' ? await ofManyWriters(clock, views) : await openWithMedia(url, clock, views);
  const { ledger, media } = opened;
  const made = nothingMade();
  const stopped = async () => (await ledger.health()).views.some(view => view.stopped !== undefined);
  let waited = 0;
  for (const [i, step] of [...steps, undefined, undefined, undefined].entries()) {
    // Back as well, but never so far that the ledger refuses the clock.
    now = Math.max(highest - 4000, now + (ticks[i % ticks.length] ?? 0) - 800);
    highest = Math.max(highest, now);
    if (aside?.foreign === true && media.events.log.head().size === aside.seq) await appendForeign(media, made);
    if (step !== undefined) await happen(ledger, step, made).catch(aside === undefined ? fail : withoutIt);
    if (aside === undefined) continue;
    if (media.events.log.head().size <= aside.seq || waited++ !== WAITS) continue;
    for (let turns = 0; !(await stopped()); turns++) {
      if (turns > 10_000) throw new Error(`no view stopped at event ${String(aside.seq)}`);
      await new Promise(resume => setImmediate(resume));
    }
    await setAside(ledger, aside.seq);
  }
  const head = await whenAllViewsRun(ledger);
  now += 60_000; // no date that is asked about lies in the future
  return { ...opened, made, head, now };
}

async function setAside(ledger: LocalLedger, event: number): Promise<void> {
  const done = await ledger.execute({
    ...{ command: 'SetEventAside', data: { event }, actor: 'ada' },
    words: { reason: 'cannot be read', authority: 'the editor' },
  });
  if (isRefusal(done)) throw new Error(done.detail);
}

/** What stands on an event that was set aside stops a view in its turn, and is set aside too. @returns the head */
async function whenAllViewsRun(ledger: LocalLedger): Promise<number> {
  for (;;) {
    const { head } = await ledger.health();
    await ledger.summary({ after: String(head) });
    const waits = (await ledger.health()).views.find(view => view.stopped !== undefined);
    if (waits === undefined) return head;
    await setAside(ledger, waits.seq + 1);
  }
}

function fail(error: unknown): never {
  throw error;
}

/** What comes to the stream of an event that nobody can read waits until that is set aside; then what it made is gone. */
function withoutIt(error: unknown): void {
  if (!isLedgerError(error, 'view-behind') && !isLedgerError(error, 'not-found')) throw error;
}

/** In memory, as several writers would record it: each time is that of a clock that may be behind the one before. */
async function ofManyWriters(clock: () => number, views: typeof LIVE) {
  const media: Media = {
    url: 'memory:',
    events: memoryEventStore({ clock, sha256: primitives.sha256, recordedAt: nowMs => nowMs }),
    views: memoryViewStore(),
    checkpoints: memoryCheckpointStore(),
    captures: memoryCaptureStore(primitives),
    announce: () => undefined,
    close: async () => undefined,
  };
  return { media, ledger: await localLedger(media, { clock, actor: 'ada', views }) };
}

/** An event of a type that a later release has. */
async function appendForeign({ events }: Media, { claims }: Made): Promise<void> {
  const stream = claims[0] === undefined ? 'claim-later' : `claim-${claims[0]}`;
  let last = -1;
  for await (const event of each(events.readStream(stream))) last = event.revision;
  const head = {
    type: 'ClaimDreamt',
    schemaVersion: 1,
    actor: 'eve',
    commandId: '00000000-0000-8000-8000-000000000000',
  };
  const more = {
    commandHash: '0'.repeat(64),
    correlationId: 'later',
    ledger: ((await events.readEvent(0)) as StoredEvent).ledger,
  };
  const sealed = seal(stream, { ...head, ...more }, { data: { dream: true }, words: {} }, primitives);
  await events.append(stream, last < 0 ? 'no-stream' : last, [sealed]);
}

const twoOf = fc.array(fc.nat(), { minLength: 2, maxLength: 2 });
const clockSteps = fc.array(fc.nat(3000), { minLength: 1, maxLength: 24 });

function expectSame(then: readonly string[], now: readonly string[], where: string): void {
  const other = then.findIndex((text, i) => text !== now[i]);
  if (other >= 0) throw new Error(`${where}\n was ${String(then[other])}\n  is ${String(now[other])}`);
}

/** Every prefix with some of the combinations of pins; over the runs each with each. */
async function expectEveryPrefix(
  { ledger, media, made, head, now }: Awaited<ReturnType<typeof recorded>>,
  picks: readonly number[],
): Promise<void> {
  for (let seq = 0; seq <= head; seq++) {
    const then = await ledgerOfPrefix(media.events, seq + 1, now);
    const { token } = (await then.summary()).pins.asOf;
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
}

describe('the histories of these laws', () => {
  it('have in them, again and again, all that can make the past another one', async () => {
    const found = new Map<string, number>();
    const seen = (what: string) => found.set(what, (found.get(what) ?? 0) + 1);
    const drawn = {
      histories: fc.sample(happenings(18), { numRuns: 100, seed: 11 }),
      ticks: fc.sample(clockSteps, { numRuns: 100, seed: 12 }),
    };
    for (const [i, steps] of drawn.histories.entries()) {
      const { ledger, media } = await recorded('memory:', steps, drawn.ticks[i] ?? []);
      const latest = new Map<string, string>();
      const entries = new Set<string>();
      let highest = '';
      for await (const { type, stream, data, words, recordedAt } of each(media.events.readAll(null))) {
        seen(type);
        if (recordedAt < highest) seen('a step of the clock');
        highest = recordedAt < highest ? highest : recordedAt;
        const { entry } = words as { entry?: { key: string; section: string; dossier: string } };
        const name = entry && `${entry.dossier}:${entry.section}/${entry.key}`;
        if (name !== undefined) seen(entries.has(name) ? 'an edit by a dossier' : 'an entry of a dossier');
        if (name !== undefined) entries.add(name);
        if (type !== 'AssertionRecorded') continue;
        const { hi } = boundsOf((data as { assertedAt: { edtf: string } }).assertedAt.edtf);
        if (hi === null) continue;
        const before = latest.get(stream);
        if (before !== undefined && hi < before) seen('a late event');
        if (before === undefined || hi > before) latest.set(stream, hi);
      }
      await ledger.close();
    }
    const fewerThan = (least: number, ...kinds: readonly string[]) =>
      kinds.filter(kind => (found.get(kind) ?? 0) < least);
    expect(
      fewerThan(
        4,
        ...['a late event', 'a step of the clock', 'an entry of a dossier', 'an edit by a dossier'],
        ...['ClaimCorrected', 'AssertionCorrected', 'AssertionRevised', 'SourceGraded', 'SourceDescribed'],
        ...['ClaimRetracted', 'AssertionRetracted', 'SourceRetracted', 'ClaimSuperseded', 'PolicyAdopted'],
        ...['UnitDeclared', 'UnitMembersChanged', 'UnitDissolved', 'ClaimsLinked', 'ClaimLinkRemoved'],
        ...['DerivationRecorded', 'DerivationRemoved', 'DecisionRecorded', 'ClaimConfirmed'],
        ...['ClaimReinstated', 'AssertionReinstated', 'SourceReinstated'],
      ).map(kind => `${kind}: ${String(found.get(kind) ?? 0)}`),
    ).toEqual([]);
  });
});

describe('as-of equals prefix replay', () => {
  it('for every prefix and every combination of pins: all reads answer as a ledger that has no more than the prefix', () =>
    fc.assert(
      fc.asyncProperty(happenings(18), clockSteps, twoOf, async (steps, ticks, picks) => {
        const all = await recorded('memory:', steps, ticks);
        try {
          await expectEveryPrefix(all, picks);
        } finally {
          await all.ledger.close();
        }
      }),
      { numRuns: RUNS },
    ));

  it('where an event is set aside, which then counts at no pin: neither after that nor before', () =>
    fc.assert(
      fc.asyncProperty(
        history(16),
        clockSteps,
        twoOf,
        fc.nat(9),
        fc.boolean(),
        async (steps, ticks, picks, n, foreign) => {
          const all = await recorded('memory:', steps, ticks, { seq: n + 1, foreign });
          try {
            await expectEveryPrefix(all, picks);
          } finally {
            await all.ledger.close();
          }
        },
      ),
      { numRuns: RUNS },
    ));
});

describe.each(STORES)('a token answers the same for ever ($name)', ({ place, persists }) => {
  it('through later events, a rebuild and a restart', () =>
    fc.assert(
      fc.asyncProperty(happenings(16), happenings(10), clockSteps, async (steps, later, ticks) => {
        const { url, remove } = place();
        const { made, now, ...opened } = await recorded(url, steps, ticks);
        let ledger: LocalLedger = opened.ledger;
        try {
          const asOf = (await ledger.summary()).pins.asOf.token as string;
          const known: Made = structuredClone(made);
          const all = async () =>
            (await Promise.all(AXES.slice(0, 3).map(axes => everyAnswer(ledger, { ...axes, asOf }, known)))).flat();
          const was = await all();
          for (const step of later) await happen(ledger, step, made);
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
        happenings(40),
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
            const live = LIVE;
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
      fc.asyncProperty(happenings(20), clockSteps, fc.nat(30_000), async (steps, ticks, ms) => {
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
