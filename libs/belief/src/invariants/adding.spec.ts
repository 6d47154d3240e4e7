import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import {
  changeAssertions,
  holds,
  notAbove,
  pick,
  type Reading,
  read,
  sourceArbitrary,
  stances,
  withAssertion,
  type GraphOptions,
  worldArbitrary,
} from '../../../../test/support/belief-arbitraries.js';
import type { World, WorldAssertion, WorldSource } from '../../../../test/support/belief-world.js';

const PLAIN: GraphOptions = { grouped: false, contradiction: false };
const known = fc.constantFrom('first-hand', 'record', 'own-reporting');
const says = { pro: ['asserts', 'likely', { b: '.4725', d: '.2275' }], con: ['denies', { b: '.1', d: '.7' }] } as const;

const speaker = (side: 'pro' | 'con') =>
  fc.record({ source: sourceArbitrary, stance: fc.constantFrom(...says[side]), basis: known });

/** A new own assertion that is held and relays nothing, by a new source. */
const speaking = (
  world: World,
  id: string,
  stance: WorldAssertion['stance'],
  basis: string,
  source: WorldSource,
): World => withAssertion(world, id, { claim: 'c', source: id, stance: stance!, basis, hold: 'held' }, source);

const isOwn = (a: WorldAssertion) => a.stance !== undefined && a.basis !== 'cites';

const without = (world: World, gone: string): World =>
  changeAssertions(world, (a, id) => (id === gone ? undefined : a));

describe('adding', () => {
  it('invariant 18: a new held word for the claim never lowers R or kappa+, and leaves S and kappa-', () =>
    holds(fc.tuple(worldArbitrary(), speaker('pro')), ([world, { source, stance, basis }]) => {
      const single = typeof stance === 'object' ? 'asserts' : stance; // (.4725, .2275) speaks against, too
      const [before, after] = [read(world), read(speaking(world, 'new', single, basis, source))];
      return after.R >= before.R && after.pro >= before.pro && after.S === before.S && after.con === before.con;
    }));

  it('invariant 19: a new held word against it never lowers S or kappa-, and leaves R and kappa+', () =>
    holds(fc.tuple(worldArbitrary(), sourceArbitrary, known), ([world, source, basis]) => {
      const [before, after] = [read(world), read(speaking(world, 'new', 'denies', basis, source))];
      return after.S >= before.S && after.con >= before.con && after.R === before.R && after.pro === before.pro;
    }));

  it('invariant 20: any number of origins of grade D to G or named to nobody give at most 2 units and no chain', () =>
    holds(
      fc.tuple(
        worldArbitrary(),
        fc.array(speaker('pro'), { maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      ),
      ([world, crowd, unnamed]) => {
        const graded = ({ named: _, grade: __, ...source }: WorldSource, at: number): WorldSource =>
          unnamed[at]
            ? { ...source, named: 'nobody', grade: 'A' }
            : { ...source, named: 'publicly', ...(at % 4 < 3 && { grade: (['D', 'E', 'F'] as const)[at % 3]! }) };
        const after = crowd.reduce(
          (now, { source, stance, basis }, at) => speaking(now, `n${at}`, stance, basis, graded(source, at)),
          world,
        );
        const [x, y] = [read(world), read(after)];
        return y.R <= Math.max(x.R, 2_000_000) && x.pro === y.pro && x.con === y.con;
      },
    ));

  it('invariant 21: any number of assertions of unstated basis give at most the best of them and no chain', () =>
    holds(fc.tuple(worldArbitrary(), fc.array(speaker('pro'), { maxLength: 6 })), ([world, crowd]) => {
      const after = crowd.reduce(
        (now, { source, stance }, at) => speaking(now, `n${at}`, stance, 'unstated', source),
        world,
      );
      const [x, y] = [read(world), read(after)];
      const best = Math.max(0, ...y.core.pro.origins.filter(({ source }) => source.startsWith('n')).map(({ e }) => e));
      return y.R <= Math.max(x.R, best) && x.pro === y.pro && x.con === y.con;
    }));

  it('invariant 22: raising a grade one step, not from G and no record’s from F, lowers nothing', () =>
    holds(fc.tuple(worldArbitrary(), fc.nat(5)), ([world, at]) => {
      const id = pick(Object.keys(world.sources), at)!;
      const { grade = 'F', kind } = world.sources[id]!;
      const up = ({ E: 'D', D: 'C', C: 'B', B: 'A', F: kind === 'record' ? undefined : 'C' } as const)[grade as 'B'];
      if (!up) return true;
      const raised = { ...world, sources: { ...world.sources, [id]: { ...world.sources[id]!, grade: up } } };
      return notAbove(read(world), read(raised));
    }));

  it('invariant 23: an own word turned into a relay of another held origin raises nothing (nobody contradicting himself)', () =>
    holds(
      fc.tuple(
        worldArbitrary({ contradiction: false }),
        fc.nat(7),
        fc.nat(7),
        fc.constantFrom('verbatim', 'paraphrase'),
      ),
      ([drawn, x, y, how]) => {
        const own = Object.keys(drawn.assertions).filter(id => isOwn(drawn.assertions[id]!));
        const [turned, origin] = [pick(own, x), pick(own, y)];
        if (turned === undefined || turned === origin) return true;
        const { kind, grade = 'F' } = drawn.sources[drawn.assertions[turned]!.source!]!;
        if (kind === 'record' && grade === 'F') return true; // it would become a carrier, without a limit of its own

        const world = changeAssertions(drawn, (a, id) => {
          if (id === turned) return { ...a, hold: 'held', relays: [] };
          return id === origin ? { ...a, hold: 'held' } : a;
        });
        const after = changeAssertions(world, (a, id) => {
          if (id !== turned) return a;
          const { stance: _, ...relay } = a;
          return { ...relay, relays: [{ assertion: origin!, how }] };
        });
        return notAbove(read(after), read(world));
      },
    ));

  it('invariant 24: deleting an assertion raises nothing, if no note is grouped and nobody contradicts himself', () =>
    holds(fc.tuple(worldArbitrary(PLAIN), fc.nat(7)), ([world, at]) =>
      notAbove(read(without(world, pick(Object.keys(world.assertions), at)!)), read(world)),
    ));

  it('invariant 28: who says yes and no contributes half of each', () =>
    holds(fc.tuple(worldArbitrary(), sourceArbitrary, known), ([world, source, basis]) => {
      const voice = { ...source, ...(source.grade === 'G' && { grade: 'B' as const }) };
      const yes = speaking(world, 'new', 'asserts', basis, voice);
      const both = withAssertion(yes, 'other', { claim: 'c', source: 'new', stance: 'denies', basis, hold: 'held' });
      const e = (now: World) => read(now).core.pro.origins.find(({ assertion }) => assertion === 'new')!.e;
      const [whole, half] = [e(yes), e(both)];
      return Math.abs(half - whole / 2) <= 0.5;
    }));

  it('invariant 51: getting hold of a document that was only cited lowers nothing (conditions as 24)', () =>
    holds(fc.tuple(worldArbitrary(PLAIN), fc.nat(7)), ([world, at]) => {
      const got = pick(Object.keys(world.assertions), at)!;
      if (world.assertions[got]!.hold === 'unknown') return true; // no document
      const after = changeAssertions(world, (a, id) => (id === got ? { ...a, hold: 'held' } : a));
      return notAbove(read(world), read(after));
    }));

  it('invariant 52: a new own word that is no origin changes no kappa and no status code', () =>
    holds(
      fc.tuple(
        worldArbitrary(),
        sourceArbitrary,
        known,
        fc.constantFrom('no-recall', 'no-recall-expected', { b: '.3', d: '.1' }, { b: '.5', d: '.5' }),
      ),
      ([world, source, basis, stance]) => {
        const [before, after] = [read(world), read(speaking(world, 'new', stance, basis, source))];
        return before.pro === after.pro && before.con === after.con && before.code === after.code;
      },
    ));

  it('invariant 52: whatever a source of grade G says, relays or groups changes no R, S, kappa or status code', () =>
    holds(
      fc.tuple(
        worldArbitrary(),
        fc.array(
          fc.record({
            stance: fc.constantFrom(...stances),
            basis: fc.constantFrom('first-hand', 'cites', 'unstated'),
            relays: fc.array(fc.nat(8), { maxLength: 3 }),
            hold: fc.constantFrom('held' as const, 'cited' as const),
            support: fc.constantFrom('each', 'unclear'),
          }),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      ([world, words]) => {
        const ids = Object.keys(world.assertions);
        const after = words.reduce((now, { stance, basis, relays, hold, support }, at) => {
          const cited = [...new Set(relays.map(to => pick([...ids, 'g0'], to)!))].filter(id => id !== `g${at}`);
          const said = { claim: 'c', source: 'liar', basis, hold, support, ...(stance !== undefined && { stance }) };
          const liar: WorldSource = { kind: 'record', named: 'publicly', grade: 'G' };
          return withAssertion(now, `g${at}`, { ...said, relays: cited.map(assertion => ({ assertion })) }, liar);
        }, world);
        const [x, y] = [read(world), read(after)];
        return notAbove(x, y) && notAbove(y, x) && x.code === y.code;
      },
    ));

  it('is tried on graphs that have evidence, chains and both sides', () => {
    const readings = fc.sample(worldArbitrary(), { numRuns: 500, seed: 1 }).map(world => read(world));
    const often = (has: (reading: Reading) => boolean) => readings.filter(has).length;
    expect(often(({ R }) => R > 0)).toBeGreaterThan(200);
    expect(often(({ R, S }) => R > 0 && S > 0)).toBeGreaterThan(100);
    expect(often(({ pro }) => pro > 1)).toBeGreaterThan(25);
  });
});
