/* The belief model and the view that keeps beliefs current, over 100,000 claims and 500,000 assertions, skewed: most claims have a
 * handful of assertions and one in a thousand has 200; most sources speak on a few claims and ten of them on 5,000 each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { believe, memoOf, p1 } from '../dist/libs/belief/src/index.js';
import { applyPage, projection, settleSlice } from '../dist/libs/kernel/src/index.js';
import { primitives } from '../dist/libs/runtime/src/index.js';
import { openSqliteViewStore } from '../dist/libs/view-store-sqlite/src/index.js';
import { VIEWS } from '../dist/libs/views/src/index.js';
import { median } from './measure.mjs';

const CLAIMS = Number(process.env.CREDENCE_BENCH_CLAIMS ?? 100_000);
const CROWDED = Math.floor(CLAIMS / 1000);
const BIG_SOURCES = 10;
const BIG = CLAIMS / 20;
const PAGE = 1000;

export const title = 'Belief';

export async function run() {
  const root = mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  const views = openSqliteViewStore({ file: join(root, 'views.sqlite') });
  const { belief } = VIEWS(primitives.sha256);
  const view = projection(belief, views.open(belief));
  const world = worldOf();
  try {
    const pure = await computed(world);
    const kept = keptCurrent(view, world);
    const targets = [
      { what: 'typical claims believed per second and core', reach: 20_000, value: pure.typical },
      {
        what: 'one assertion on a typical claim, until its belief is kept',
        reach: 5,
        value: kept.assertion.median,
        least: kept.assertion.least,
        most: kept.assertion.most,
        unit: ' ms',
      },
      {
        what: `a source retracted on ${BIG.toLocaleString('en')} claims: marking them, in one transaction`,
        value: kept.marked,
        unit: ' ms',
      },
      {
        what: 'the same: a slice of settling them (rounds: the longest)',
        value: kept.slice,
        least: kept.slice,
        most: kept.longest,
        unit: ' ms',
      },
      { what: 'the same: until all are kept', value: kept.settled, unit: ' ms' },
      { what: 'a new policy: adopting it', value: kept.adopted, unit: ' ms' },
      {
        what: 'the same: a slice of computing every claim anew (rounds: the longest)',
        value: kept.sliceOfPolicy,
        least: kept.sliceOfPolicy,
        most: kept.longestOfPolicy,
        unit: ' ms',
      },
    ];
    const results = {
      [`believing ${CLAIMS.toLocaleString('en')} claims with ${world.assertions.toLocaleString('en')} assertions, crowded ones too`]:
        { rate: pure.all, unit: 'claims/s' },
      'claims with at most ten assertions': { rate: pure.typical, unit: 'claims/s' },
      'events into the belief view': { rate: kept.loaded, unit: '/s' },
      'beliefs settled after a retraction': { rate: BIG / (kept.settled / 1000), unit: '/s' },
      'beliefs settled after a new policy': { rate: CLAIMS / (kept.settledOfPolicy / 1000), unit: '/s' },
    };
    return {
      results,
      targets,
      notes: [
        'Beliefs that wait to be settled are computed by whoever asks for them, so that readers see one moment all the while.',
      ],
    };
  } finally {
    views.close();
    rmSync(root, { recursive: true, force: true });
  }
}

/** Numbers that look random and are the same in every run (Park and Miller 1988). */
function random(seed = 42) {
  let x = seed;
  return below => {
    x = (x * 48_271) % 2_147_483_647;
    return x % below;
  };
}

const id = (kind, n) => `${kind}${String(n).padStart(7, '0')}`;

/** Sources, claims and what each says, as the data of events. */
function worldOf() {
  const pick = random();
  const claims = [];
  const small = CLAIMS / 5;
  let assertions = 0;
  for (let c = 0; c < CLAIMS; c++) {
    const crowded = c < CROWDED;
    const count = crowded ? 200 : 2 + pick(6);
    const list = [];
    for (let n = 0; n < count; n++) {
      const big = n === 0 && c >= CLAIMS - BIG_SOURCES * BIG;
      const source = big ? id('s', (CLAIMS - c - 1) % BIG_SOURCES) : id('s', BIG_SOURCES + pick(small));
      const own = n === 0 || pick(3) === 0;
      const cited = n === 0 ? undefined : list[pick(n)];
      list.push({
        assertion: id('a', assertions++),
        source,
        basis: own ? (pick(4) === 0 ? 'unstated' : 'first-hand') : 'unstated',
        ...(own ? { stance: pick(8) === 0 ? 'denies' : 'asserts' } : {}),
        relays:
          own || cited === undefined ? [] : [{ assertion: cited.assertion, how: ['verbatim', 'paraphrase'][pick(2)] }],
        hold: own && pick(2) === 0 ? 'cited' : 'held',
        assertedAt: { edtf: '2019-04-18' },
      });
    }
    claims.push({ claim: id('c', c), assertions: list });
  }
  const sources = Array.from({ length: BIG_SOURCES + small }, (_, n) => ({
    source: id('s', n),
    kind: n % 3 === 0 ? 'record' : 'person',
    named: 'publicly',
    grade: n < BIG_SOURCES ? 'B' : 'ABBCCD'[pick(6)],
  }));
  return { claims, sources, assertions };
}

/** The model alone, on facts in memory; per second of a core, whatever else the machine does. */
async function computed({ claims, sources }) {
  const bySource = new Map(sources.map(({ source, ...fact }) => [source, { id: source, ...fact, retractions: [] }]));
  const bounds = { lo: '2019-04-18', hi: '2019-04-18' };
  const byClaim = new Map(
    claims.map(({ claim, assertions }) => [
      claim,
      assertions.map(({ assertion, assertedAt: _, ...fact }) => ({
        id: assertion,
        claim,
        ...fact,
        bounds,
        retractions: [],
      })),
    ]),
  );
  const facts = {
    source: source => bySource.get(source),
    claim: claim => (byClaim.has(claim) ? { id: claim, retractions: [] } : undefined),
    assertionsOn: claim => byClaim.get(claim) ?? [],
    linksOf: () => [],
    derivationsFor: () => [],
    unitOf: () => undefined,
  };
  const rate = list => {
    const memo = memoOf(facts);
    const from = process.cpuUsage();
    for (const { claim } of list) believe(facts, claim, {}, undefined, memo);
    const { user, system } = process.cpuUsage(from);
    return list.length / ((user + system) / 1e6);
  };
  const typical = claims.slice(CROWDED);
  rate(typical.slice(0, 5000)); // warm
  const rounds = Array.from({ length: 3 }, () => ({ all: rate(claims), typical: rate(typical.slice(0, 30_000)) }));
  return { all: median(rounds.map(r => r.all)), typical: median(rounds.map(r => r.typical)) };
}

/** The view in its file, as a ledger keeps it: pages of events, then slices. */
function keptCurrent(view, { claims, sources }) {
  let seq = 0;
  const event = (stream, type, data) => {
    const e = {
      seq: seq++,
      stream,
      type,
      schemaVersion: 1,
      data,
      words: { reason: 'a benchmark' },
      revision: 0,
      bytes: 300,
    };
    return { ...e, id: `e${e.seq}`, position: e.seq, recordedAt: '2026-01-01T00:00:00.000Z', actor: 'bench' };
  };
  let page = [];
  const flush = () => {
    applyPage(view, page);
    page = [];
  };
  const add = (...of) => {
    page.push(event(...of));
    if (page.length === PAGE) flush();
  };
  const timed = work => {
    const from = performance.now();
    work();
    return performance.now() - from;
  };
  /** @returns the median slice, the longest and the sum, in ms */
  const settle = () => {
    const slices = [];
    while (view.unsettled) slices.push(timed(() => settleSlice(view)));
    const longest = slices.reduce((a, b) => Math.max(a, b), 0);
    return { slice: slices.length === 0 ? 0 : median(slices), longest, all: slices.reduce((a, b) => a + b, 0) };
  };
  const loading = timed(() => {
    for (const { source, ...data } of sources) add(`source-${source}`, 'SourceRegistered', data);
    for (const { claim, assertions } of claims) {
      add(`claim-${claim}`, 'ClaimRecorded', { form: 'event' });
      for (const data of assertions) add(`claim-${claim}`, 'AssertionRecorded', data);
    }
    flush();
    settle();
  });
  const loaded = seq / (loading / 1000);
  process.stderr.write(`  loaded ${seq.toLocaleString('en')} events: ${Math.round(loaded).toLocaleString('en')}/s\n`);
  const one = Array.from({ length: 200 }, (_, i) =>
    timed(() => {
      const data = { assertion: id('z', i), source: id('s', 100 + i), basis: 'first-hand', stance: 'asserts' };
      const rest = { relays: [], hold: 'held', assertedAt: { edtf: '2019-04-18' } };
      applyPage(view, [event(`claim-${claims[CROWDED + i * 7].claim}`, 'AssertionRecorded', { ...data, ...rest })]);
      settle();
    }),
  );
  const retraction = event(`source-${id('s', 0)}`, 'SourceRetracted', { retraction: 'r', by: 'publisher' });
  const marked = timed(() => applyPage(view, [retraction]));
  const retracted = settle();
  const { id: _, ...numbers } = p1;
  const adopted = timed(() => applyPage(view, [event('policy-other', 'PolicyAdopted', { ...numbers, weight: 3 })]));
  const swept = settle();
  return {
    loaded,
    assertion: { median: median(one), least: Math.min(...one), most: Math.max(...one) },
    marked,
    slice: retracted.slice,
    longest: retracted.longest,
    settled: marked + retracted.all,
    adopted,
    sliceOfPolicy: swept.slice,
    longestOfPolicy: swept.longest,
    settledOfPolicy: adopted + swept.all,
  };
}
