import type { DerivationFact, Facts } from './facts.js';
import { claimRetracted } from './graph.js';
import { frechet } from './opinion.js';
import type { Pins } from './pins.js';
import type { Numbers } from './policy.js';
import { decimal, halfEven, MICRO, ONE, type Rational, times } from './rational.js';
import { exactOpinion } from './totals.js';

/** A derivation and what it supplies (BELIEF.md §5). */
export interface Derived {
  readonly derivation: string;
  readonly polarity: DerivationFact['polarity'];
  readonly premises: readonly string[];
  /** phi times the belief in all premises together. */
  readonly b: Rational;
  /** Micro-units, before grouping with what shares its roots. */
  readonly evidence: number;
  /** The units of the premises' origins that supply belief. */
  readonly roots: readonly string[];
  /** For the claim, with evidence, from premises that are all attributed or corroborated. */
  readonly attributing: boolean;
  /** Why it supplies nothing. */
  readonly flag?: 'on-a-cycle' | 'dead-premise';
}

/** What a derivation asks of the belief in a premise. */
export interface Premise {
  readonly core: {
    readonly pro: { readonly micro: number };
    readonly con: { readonly micro: number };
    readonly status: { readonly code: string };
  };
  readonly roots: readonly string[];
}

/** `believed` knows every premise, unless the derivation lies on a cycle. */
export function derivedFrom(
  fact: DerivationFact,
  onCycle: boolean,
  believed: (claim: string) => Premise,
  facts: Facts,
  pins: Pins,
  numbers: Numbers,
): Derived {
  const premises = [...new Set(fact.premises)].sort();
  const kept = { derivation: fact.id, polarity: fact.polarity, premises };
  const nothing = { b: decimal('0'), evidence: 0, roots: [], attributing: false };
  if (onCycle) return { ...kept, ...nothing, flag: 'on-a-cycle' };
  const dead = premises.some(premise => !facts.claim(premise) || claimRetracted(facts, premise, pins));
  if (dead || premises.length === 0) return { ...kept, ...nothing, flag: 'dead-premise' };
  const beliefs = premises.map(believed);
  const together = frechet(beliefs.map(({ core }) => exactOpinion(core.pro.micro, core.con.micro, numbers).b));
  const b = times(fact.phi === undefined ? ONE : decimal(fact.phi), together);
  const evidence = Number(halfEven(MICRO * numbers.weight * b.n, b.d - b.n));
  return {
    ...kept,
    b,
    evidence,
    roots: [...new Set(beliefs.flatMap(belief => belief.roots))].sort(),
    attributing:
      evidence > 0 &&
      fact.polarity === 'for' &&
      beliefs.every(({ core }) => core.status.code === 'attributed' || core.status.code === 'corroborated'),
  };
}

/** Evidence with the units that it comes from. */
export interface Rooted {
  readonly evidence: number;
  readonly roots: readonly string[];
}

/** Direct evidence and derivations of one side: the largest where roots intersect, the sum of what shares none. */
export function grouped(parts: readonly Rooted[]): number {
  let groups: { most: number; roots: Set<string> }[] = [];
  for (const { evidence, roots } of parts) {
    if (evidence === 0) continue;
    const joined = groups.filter(group => roots.some(root => group.roots.has(root)));
    const all = new Set(roots);
    for (const group of joined) for (const root of group.roots) all.add(root);
    const most = Math.max(evidence, ...joined.map(group => group.most));
    groups = [...groups.filter(group => !joined.includes(group)), { most, roots: all }];
  }
  return groups.reduce((sum, { most }) => sum + most, 0);
}

/**
 * The claims that lie on a common cycle of derivations, by a number that they share (Tarjan 1972, without recursion).
 * Which derivations exist decides, not whether their premises live.
 */
export class Cycles {
  private readonly component = new Map<string, number>();
  private visited = 0;
  constructor(private readonly facts: Facts) {}

  isOn({ conclusion, premises }: DerivationFact): boolean {
    this.explore(conclusion);
    const component = this.component.get(conclusion);
    return premises.some(premise => this.component.get(premise) === component);
  }

  private explore(start: string): void {
    if (this.component.has(start)) return;
    const low = new Map<string, number>();
    const path: string[] = [];
    const calls: { claim: string; at: number; premises: string[] }[] = [];
    const enter = (claim: string) => {
      const at = (this.visited += 1);
      low.set(claim, at);
      path.push(claim);
      calls.push({ claim, at, premises: this.facts.derivationsFor(claim).flatMap(d => d.premises) });
    };
    enter(start);
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const premise = call.premises.pop();
      if (premise !== undefined) {
        if (this.component.has(premise)) continue;
        if (low.has(premise)) low.set(call.claim, Math.min(low.get(call.claim)!, low.get(premise)!));
        else enter(premise);
        continue;
      }
      calls.pop();
      const lowest = low.get(call.claim)!;
      const above = calls.at(-1);
      if (above) low.set(above.claim, Math.min(low.get(above.claim)!, lowest));
      if (lowest !== call.at) continue;
      for (let claim = path.pop(); claim !== undefined; claim = path.pop()) {
        this.component.set(claim, call.at);
        if (claim === call.claim) break;
      }
    }
  }
}
