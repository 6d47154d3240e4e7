import { canonicalize, type Sha256, toHex, utf8 } from '@credence/integrity';

import type { Derived } from './derivations.js';
import type { Grade, Hold } from './facts.js';
import type { Node } from './graph.js';
import type { Numbers } from './policy.js';
import { ONE, type Rational, sixPlaces } from './rational.js';
import type { Run, Side } from './run.js';
import type { Status } from './status.js';
import { supplyingRho } from './supply.js';
import type { Exact } from './totals.js';
import { chainOf } from './trust.js';

/** What is hashed and compared (BELIEF.md §7). Decimals are strings with six places. */
export interface Core {
  readonly opinion: {
    readonly b: string;
    readonly d: string;
    readonly u: string;
    readonly a: string;
    readonly P: string;
  };
  readonly status: Status;
  readonly pro: CoreSide;
  readonly con: CoreSide;
  readonly policy: string;
}

/** Claims of which nothing was said share their core. */
const hashes = new WeakMap<Core, string>();

/** SHA-256 of the core's RFC 8785 form, in hex. */
export function coreHash(core: Core, sha256: Sha256): string {
  const known = hashes.get(core);
  if (known !== undefined) return known;
  const hash = toHex(sha256(utf8(canonicalize(core))));
  hashes.set(core, hash);
  return hash;
}

export interface CoreSide {
  /** Micro-units, derived evidence included. */
  readonly micro: number;
  readonly kappa: number;
  readonly pooledBest: number;
  /** Own assertions that lean to this side and have a chain, also those that make no status. Sorted by assertion. */
  readonly origins: readonly CoreOrigin[];
}

export interface CoreOrigin {
  readonly assertion: string;
  readonly source: string;
  /** The sources of its declared unit in the graph, joined by `+`; else its source. */
  readonly unit: string;
  readonly own: readonly [b: string, d: string];
  /** As used for supply. */
  readonly rho: string;
  /** Micro-units, after halving. */
  readonly e: number;
  /** The best chain, origin first. */
  readonly chain: readonly CoreHop[];
}

export interface CoreHop {
  readonly assertion: string;
  readonly source: string;
  readonly grade: Grade;
  readonly t: string;
  /** The factor of the relay that cites this hop; 1 at the held end. */
  readonly phi: string;
  readonly hold: Hold;
}

/** The belief in one claim at the pins: its core, and what other claims and first screens need of it. */
export interface Belief {
  readonly claim: string;
  readonly core: Core;
  /** Live assertions on the claim in documents that we hold, sorted: counted apart from origins. */
  readonly mentions: { readonly count: number; readonly items: readonly string[] };
  /** Numbers of sources with a pro and with a con origin, those of linked claims included. */
  readonly origins: { readonly for: number; readonly against: number };
  /** Those sources, in the order of their assertions' ids. */
  readonly voices: { readonly for: readonly string[]; readonly against: readonly string[] };
  /** Numbers of own assertions that lean to a side and make no status: weak hedges, and what only grade G carries. */
  readonly weak: { readonly for: number; readonly against: number };
  /** Own assertions on the claim with a chain to us, whatever they say. */
  readonly reaching: number;
  /** The units whose word supplies belief, through derivations too: those a derivation from this claim rests on. */
  readonly roots: readonly string[];
  readonly derived: readonly Derived[];
}

export function opinionIn(exact: Exact, { baseRate }: Numbers): Core['opinion'] {
  const { b, d, u, P } = exact;
  return { b: sixPlaces(b), d: sixPlaces(d), u: sixPlaces(u), a: sixPlaces(baseRate), P: sixPlaces(P) };
}

export function coreOrigins(run: Run, side: Side, numbers: Numbers): CoreOrigin[] {
  const leans = ({ own }: Node) => own !== null && (side === 'pro' ? own.b > own.d : own.d > own.b);
  return run.graph.nodes
    .filter(node => leans(node) && run.best[node.index])
    .map(node => ({
      assertion: node.id,
      source: node.voice.id,
      unit: node.voice.unitName,
      own: [places(node.own!.b, node.own!.one), places(node.own!.d, node.own!.one)],
      rho: sixPlaces(supplyingRho(node, run.best[node.index]!.rho, numbers)),
      e: run.supply[side][node.index]!,
      chain: hopsOf(node, run),
    }));
}

const places = (n: bigint, d: bigint): string => sixPlaces({ n, d });

const hopsOf = (origin: Node, { best }: Run): CoreHop[] =>
  chainOf(origin, best).map(node => ({
    assertion: node.id,
    source: node.voice.id,
    grade: node.voice.grade,
    t: factor(node.trust),
    phi: factor(best[node.index]!.citedBy?.phi ?? ONE),
    hold: node.hold,
  }));

/** The policy's own numbers recur in every core. */
const written = new WeakMap<Rational, string>();

function factor(x: Rational): string {
  const known = written.get(x);
  if (known) return known;
  const text = sixPlaces(x);
  written.set(x, text);
  return text;
}
