import { describe, it } from '@jest/globals';

import fc from 'fast-check';

import { holds, together, worldArbitrary } from '../../../../test/support/belief-arbitraries.js';
import { factsOf, type World } from '../../../../test/support/belief-world.js';
import { believe, type CoreOrigin, explain } from '../index.js';
import { decimal, halfEven, type Rational, rational, sixPlaces, times } from '../rational.js';

/** rho from the hops alone: trust times phi, a source's trust once where it cites itself and is no carrier. */
function trustAlong({ chain }: CoreOrigin, world: World): Rational {
  return chain.reduce((product, hop, at) => {
    const citing = chain[at + 1];
    const carrier = (id: string) => {
      const { stance, basis, hold } = world.assertions[id]!;
      const relaying = stance === undefined || basis === 'cites';
      const { kind, grade } = world.sources[world.assertions[id]!.source!]!;
      return relaying && kind === 'record' && (grade ?? 'F') === 'F' && hold !== 'unknown';
    };
    const once = citing !== undefined && citing.source === hop.source && !carrier(citing.assertion);
    const cited = times(product, decimal(hop.phi));
    return once ? cited : times(cited, decimal(hop.t));
  }, rational(1n));
}

describe('explanation', () => {
  it('invariant 43: every number of the core recomputes from its children', () =>
    holds(worldArbitrary(), world => {
      const facts = factsOf(world);
      const { core } = believe(facts, 'c');
      const { flows } = explain(facts, 'c');
      const { micro: R } = core.pro;
      const { micro: S } = core.con;
      const total = BigInt(R) + BigInt(S) + 2_000_000n;
      const part = (n: number) => sixPlaces(rational(BigInt(n), total));
      const origins = (['pro', 'con'] as const).every(side =>
        core[side].origins.every(origin => {
          const full = trustAlong(origin, world);
          const unstated = (world.assertions[origin.assertion]!.basis ?? 'unstated') === 'unstated';
          const rho = unstated ? times(full, decimal('.5')) : full;
          const own = origin.own.map(decimal) as [Rational, Rational];
          const said = own[side === 'pro' ? 0 : 1];
          const e = halfEven(2_000_000n * rho.n * said.n, rho.d * said.d - rho.n * (own[0].n + own[1].n));
          return sixPlaces(rho) === origin.rho && [e, halfEven(e, 2n)].includes(BigInt(origin.e));
        }),
      );
      const sides = (['pro', 'con'] as const).every(side => {
        const delivered = flows.filter(edge => edge.side === side && edge.to === 'ledger');
        const sum = delivered.reduce((all, { micro }) => all + micro, 0);
        return Math.max(sum, core[side].pooledBest) === core[side].micro;
      });
      return (
        origins &&
        sides &&
        core.opinion.b === part(R) &&
        core.opinion.d === part(S) &&
        core.opinion.u === sixPlaces(rational(2_000_000n, total)) &&
        core.opinion.P === sixPlaces(rational(BigInt(R) + 1_000_000n, total))
      );
    }));

  it('invariant 43: a flow loses and gains nothing on the way', () =>
    holds(worldArbitrary(), world => {
      const { flows } = explain(factsOf(world), 'c');
      const balance = new Map<string, number>();
      for (const { side, from, to, micro } of flows) {
        if (!from.startsWith('origin:')) balance.set(`${side} ${from}`, (balance.get(`${side} ${from}`) ?? 0) - micro);
        if (to !== 'ledger') balance.set(`${side} ${to}`, (balance.get(`${side} ${to}`) ?? 0) + micro);
      }
      return [...balance.values()].every(rest => rest === 0);
    }));

  it('tells of every assertion on the claim whether it speaks, carries, repeats or is excluded', () =>
    holds(worldArbitrary(), world => {
      const facts = factsOf(world);
      const { excluded, dependents } = explain(facts, 'c');
      const out = new Set(excluded.map(({ assertion }) => assertion));
      return dependents.every(({ assertion }) => !out.has(assertion));
    }));

  it('what another coding would give is what the world so coded gives, whatever premises and links there are', () =>
    holds(worldOnPremises, world => {
      const facts = factsOf(world);
      return explain(facts, 'c').alternatives.every(({ assertion, coding, core }) => {
        const { versions: _, ...said } = world.assertions[assertion]!;
        const basis = { 'own-finding': 'record', unstated: 'unstated', cites: 'cites', relay: 'unstated' }[coding];
        const relays = (said.relays ?? []).map(relay =>
          'unknown' in relay || coding === 'relay' ? relay : { assertion: relay.assertion },
        );
        const { stance, ...relaying } = said;
        const stances = coding === 'relay' ? [undefined] : coding === 'cites' ? VOICES : [stance, ...VOICES];
        return stances.some(voice => {
          const coded = {
            ...relaying,
            ...(voice === undefined ? {} : { stance: voice }),
            basis,
            relays: coding === 'own-finding' || coding === 'unstated' ? [] : relays,
          };
          const other = { ...world, assertions: { ...world.assertions, [assertion]: coded } };
          return JSON.stringify(believe(factsOf(other), 'c').core) === JSON.stringify(core);
        });
      });
    }));
});

const VOICES = ['asserts', 'denies'] as const;

/** c rests on p, p on q; any of them may be linked to another, or superseded by it. */
const worldOnPremises: fc.Arbitrary<World> = fc
  .record({
    worlds: fc.tuple(
      ...['c', 'p', 'q'].map(claim => worldArbitrary({ claim, prefix: claim, assertions: 4, sources: 3 })),
    ),
    links: fc.array(
      fc.record({
        kind: fc.constantFrom('same-as', 'complement', 'contrary', 'narrower'),
        from: fc.constantFrom('c', 'p', 'q'),
        to: fc.constantFrom('c', 'p', 'q'),
      }),
      { maxLength: 2 },
    ),
    superseded: fc.constantFrom(undefined, 'p', 'q'),
    by: fc.constantFrom('c', 'p', 'q'),
  })
  .map(({ worlds, links, superseded, by }) => {
    const world = worlds.reduce(together);
    const over = superseded === undefined || superseded === by ? {} : { [superseded]: { supersededBy: by } };
    return {
      ...world,
      claims: { ...world.claims, ...over },
      links: links.filter(({ from, to }) => from !== to),
      derivations: {
        d: { conclusion: 'c', premises: ['p'], phi: '.9' },
        e: { conclusion: 'p', premises: ['q'], phi: '.8' },
      },
    };
  });
