import { boundsOf } from '@credence/time';

import type {
  AssertionFact,
  DerivationFact,
  Facts,
  Grade,
  Hold,
  LinkFact,
  Polarity,
  SourceFact,
  Stance,
  Withdrawal,
} from '@credence/belief';

/** A small ledger in the words of the dossier, as `contracts/vectors/belief-examples.json` writes it. */
export interface World {
  sources: Record<string, WorldSource>;
  claims: Record<string, { form?: string; supersededBy?: string }>;
  assertions: Record<string, WorldAssertion>;
  retractions?: Record<string, WorldRetraction>;
  links?: readonly { kind: string; from: string; to: string; phi?: string }[];
  derivations?: Record<string, { conclusion: string; premises: readonly string[]; polarity?: Polarity; phi?: string }>;
  /** Members of declared units; `unit` on a source declares one too. */
  units?: readonly (readonly string[])[];
}

export interface WorldSource {
  kind: SourceFact['kind'];
  named: SourceFact['named'];
  grade?: Grade;
  unit?: string;
}

export interface WorldAssertion {
  claim: string;
  /** Absent: an unknown hop. */
  source?: string;
  stance?: Stance;
  basis?: string;
  relays?: readonly WorldRelay[];
  support?: string;
  hold: Hold;
  assertedAt?: string;
  versions?: readonly { assertedAt: string; stance?: Stance; basis?: string }[];
}

export type WorldRelay = { assertion: string; how?: string; fidelity?: string } | { unknown: true };

export interface WorldRetraction {
  target: string;
  by: Withdrawal['by'];
  assertedAt?: string;
  /** A reinstatement names it. */
  lifted?: boolean;
}

/** The world as belief reads it. */
export function factsOf(world: World): Facts {
  const retractions = retractionsIn(world);
  const units = mergedUnits(world);
  const assertions = new Map<string, AssertionFact[]>(Object.keys(world.claims).map(claim => [claim, []]));
  for (const [id, assertion] of Object.entries(world.assertions))
    assertions.get(assertion.claim)!.push(assertionFact(id, assertion, retractions(id)));
  const sources = new Map(
    Object.entries(world.sources).map(([id, { kind, named, grade }]): [string, SourceFact] => [
      id,
      { id, kind, named, ...(grade && { grade }), retractions: retractions(id) },
    ]),
  );
  const links = (world.links ?? []).map((link, index): LinkFact => ({ id: `link-${index}`, ...link }));
  const derivations = Object.entries(world.derivations ?? {}).map(([id, derivation]): DerivationFact => ({
    id,
    polarity: 'for',
    ...derivation,
  }));
  return {
    source: id => sources.get(id),
    claim: id => (world.claims[id] ? { id, ...world.claims[id], retractions: retractions(id) } : undefined),
    assertionsOn: claim => assertions.get(claim) ?? [],
    linksOf: claim => links.filter(link => link.from === claim || link.to === claim),
    derivationsFor: claim => derivations.filter(derivation => derivation.conclusion === claim),
    unitOf: source => units.get(source),
  };
}

function assertionFact(id: string, assertion: WorldAssertion, retractions: readonly Withdrawal[]): AssertionFact {
  const { claim, source, stance, basis, relays, support, hold, assertedAt, versions } = assertion;
  return {
    id,
    claim,
    ...(source !== undefined && { source }),
    ...(stance !== undefined && { stance }),
    basis: basis ?? 'unstated',
    relays: relays ?? [],
    ...(support !== undefined && { support }),
    hold,
    bounds: boundsOf(assertedAt ?? 'unknown'),
    retractions,
    ...(versions && {
      versions: versions.map(({ assertedAt: at, ...version }) => ({ ...version, bounds: boundsOf(at) })),
    }),
  };
}

function retractionsIn(world: World): (target: string) => Withdrawal[] {
  const standing = Object.entries(world.retractions ?? {}).filter(([, { lifted }]) => !lifted);
  return target =>
    standing
      .filter(([, retraction]) => retraction.target === target)
      .map(([id, { by, assertedAt }]) => ({ id, by, ...(assertedAt && { bounds: boundsOf(assertedAt) }) }));
}

/** Members by source, declared units that overlap being one. */
function mergedUnits(world: World): Map<string, readonly string[]> {
  const named = new Map<string, string[]>();
  for (const [id, { unit }] of Object.entries(world.sources))
    if (unit !== undefined) named.set(unit, [...(named.get(unit) ?? []), id]);
  let merged: Set<string>[] = [];
  for (const members of [...named.values(), ...(world.units ?? [])]) {
    const overlapping = merged.filter(unit => members.some(member => unit.has(member)));
    merged = merged.filter(unit => !overlapping.includes(unit));
    merged.push(new Set([...members, ...overlapping.flatMap(unit => [...unit])]));
  }
  return new Map(merged.flatMap(unit => [...unit].map(member => [member, [...unit].sort()] as const)));
}
