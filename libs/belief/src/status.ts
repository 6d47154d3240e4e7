import type { Origins } from './contradiction.js';
import type { Node } from './graph.js';
import type { Numbers } from './policy.js';
import { compare } from './rational.js';
import type { Run } from './run.js';
import type { Exact } from './totals.js';
import { reaches, chainOf } from './trust.js';

/** The order is fixed: a view counts by it. */
export const STATUS_CODES = [
  'superseded',
  'retracted',
  'refuted',
  'disputed',
  'denied',
  'corroborated',
  'attributed',
  'asserted',
  'anonymous',
  'unverified',
] as const;
export type StatusCode = (typeof STATUS_CODES)[number];

export interface Status {
  readonly code: StatusCode;
  readonly rule: number;
  /** Sorted. */
  readonly qualifiers: readonly string[];
}

/** What the rules ask about, besides who speaks. */
export interface Situation {
  readonly run: Run;
  readonly kappa: { readonly pro: number; readonly con: number };
  readonly opinion: Exact;
  /** A live ClaimSuperseded whose successor has a pro origin. */
  readonly superseded: () => boolean;
  readonly claimRetracted: boolean;
  /** Would there be a pro origin if nobody had withdrawn anything? */
  readonly originWithdrawn: () => boolean;
  readonly derived: boolean;
  readonly attributingDerivation: boolean;
}

/** BELIEF.md §6: by structure, the first rule that matches. */
export function statusOf(now: Situation, numbers: Numbers): Status {
  const { run, kappa, opinion } = now;
  const { pro, con }: Origins = run.origins;
  const namedPro = pro.some(isNamed);
  const namedCon = con.some(isNamed);
  const many = numbers.independentChains;
  if (now.superseded()) return status('superseded', 1);
  if (now.claimRetracted || (pro.length === 0 && !now.attributingDerivation && now.originWithdrawn()))
    return status('retracted', 2);
  if (kappa.con >= many && !namedPro) return status('refuted', 3);
  if (namedPro && namedCon) {
    const lesser = compare(opinion.b, opinion.d) < 0 ? opinion.b : opinion.d;
    return status('disputed', 4, {
      lopsided: compare(lesser, numbers.lopsidedBelow) < 0,
      'low-grade': kappa.pro === 0 || kappa.con === 0,
    });
  }
  if (namedCon) return status('denied', 5);
  if (kappa.pro >= many) return status('corroborated', 6, { thin: compare(opinion.b, numbers.thinBelow) < 0 });
  if (namedPro)
    return status('attributed', 7, { 'low-grade': kappa.pro === 0, 'single-channel': isSingleChannel(run) });
  if (now.attributingDerivation) return status('attributed', 7, { 'derived-only': true });
  if (pro.some(node => node.voice.identified && node.unstated)) return status('asserted', 8);
  if (pro.length > 0 && pro.every(node => !node.voice.identified)) return status('anonymous', 9);
  const silent = run.graph.nodes.every(node => !node.own || !run.best[node.index]);
  return status('unverified', 10, {
    circular: silent && onRings(run.graph.nodes).size > 0,
    'derived-only': silent && now.derived,
  });
}

function status(code: StatusCode, rule: number, qualifiers: Readonly<Record<string, boolean>> = {}): Status {
  const held = Object.keys(qualifiers).filter(name => qualifiers[name]);
  return { code, rule, qualifiers: held.sort() };
}

/** An origin is named if its source is identified and its basis known; the grade makes no difference. */
const isNamed = (node: Node): boolean => node.voice.identified && node.known;

/**
 * Pro origins of several sources that are not pooled, and every chain of theirs without grade G passes one declared
 * unit that is none of their own.
 */
function isSingleChannel({ origins, best }: Run): boolean {
  const voices = origins.pro.filter(node => !node.pooled);
  const first = voices[0];
  if (!first || voices.every(node => node.voice === first.voice)) return false;
  const own = new Set(voices.map(unitOf));
  const candidates = new Set(chainOf(first, best).map(unitOf));
  return [...candidates].some(unit => !own.has(unit) && voices.every(node => !reachesUsAvoiding(node, unit, best)));
}

const unitOf = (node: Node): string => node.voice.unit ?? node.voice.id;

function reachesUsAvoiding(origin: Node, unit: string, best: Run['best']): boolean {
  const seen = new Set([origin]);
  for (const node of seen) {
    if (node.hold === 'held') return true;
    for (const { from } of node.relayedBy) if (reaches(from, best) && unitOf(from) !== unit) seen.add(from);
  }
  return false;
}

/** The assertions that lie on a ring of relays: what is left after peeling off all ends, in both directions. */
export function onRings(nodes: readonly Node[]): ReadonlySet<Node> {
  const ring = new Set(nodes);
  const peel = (from: (node: Node) => Node[], into: (node: Node) => Node[]) => {
    const open = [...ring];
    for (let node = open.pop(); node; node = open.pop()) {
      if (!ring.has(node) || from(node).some(other => ring.has(other))) continue;
      ring.delete(node);
      open.push(...into(node));
    }
  };
  const cites = (node: Node) => node.relays.map(relay => relay.to);
  const citing = (node: Node) => node.relayedBy.map(relay => relay.from);
  peel(cites, citing);
  peel(citing, cites);
  return ring;
}
