import { parse } from 'yaml';

import type { Grade, Hold, Stance } from '@credence/belief';

import type { World, WorldAssertion, WorldRelay, WorldRetraction, WorldSource } from './belief-world.js';

/** What a dossier (WIRE.md, "Dossier") says of the things that belief reads; keys stand for ids. */
interface Dossier {
  sources?: (WorldSource & { key: string; cite?: { issued?: DateEntry } })[];
  captures?: { key: string; source: string }[];
  claims?: { key: string; form?: string }[];
  assertions?: (Hop & { claim: string })[];
  chains?: { claim: string; hops: (Hop | string)[] }[];
  units?: { members: string[] }[];
  links?: { kind: string; from: string; to: string; phi?: string }[];
  derivations?: { key: string; conclusion: string; premises: string[]; polarity?: 'for' | 'against'; phi?: string }[];
  changes?: Change[];
}

interface Hop {
  key?: string;
  source?: string;
  stance?: Stance;
  basis?: string;
  relays?: (string | WorldRelay)[];
  support?: string;
  hold?: Hold;
  assertedAt?: DateEntry;
  passage?: { capture?: string };
  how?: string;
  fidelity?: string;
}

type DateEntry = string | number | { edtf?: string };

interface Change {
  key: string;
  target: string;
  kind: 'correct' | 'revise' | 'retract' | 'reinstate' | 'grade' | 'confirm';
  by: WorldRetraction['by'];
  assertedAt?: DateEntry;
  set?: { grade?: Grade; relays?: (string | WorldRelay)[]; [field: string]: unknown };
}

/**
 * The world that these dossiers describe, one after the other: hops expanded, defaults filled in, changes applied.
 * References to another dossier's entries lose their prefix, so keys must differ.
 */
export function worldOfDossiers(texts: readonly string[]): World {
  const world: World & { units: string[][] } = { sources: {}, claims: {}, assertions: {}, retractions: {}, units: [] };
  const captures = new Map<string, string>();
  const issued = new Map<string, DateEntry>();
  for (const text of texts) load(parse(text, { schema: 'core' }) as Dossier, world, captures, issued);
  return world;
}

function load(
  dossier: Dossier,
  world: World & { units: string[][] },
  captures: Map<string, string>,
  issued: Map<string, DateEntry>,
): void {
  for (const { key, kind, named, grade, cite } of dossier.sources ?? []) {
    world.sources[key] = { kind, named: named ?? 'publicly', ...(grade && { grade }) };
    if (cite?.issued !== undefined) issued.set(key, cite.issued);
  }
  for (const { key, source } of dossier.captures ?? []) captures.set(key, local(source));
  for (const { key, form } of dossier.claims ?? []) world.claims[key] = { ...(form && { form }) };
  for (const assertion of dossier.assertions ?? [])
    world.assertions[assertion.key!] = assertionOf(assertion, local(assertion.claim), captures, issued);
  const chains = (dossier.chains ?? []).map(({ claim, hops }) => ({ claim: local(claim), hops }));
  for (const { claim, hops } of chains)
    for (const hop of hops)
      if (typeof hop !== 'string') world.assertions[keyOf(hop, claim)] = assertionOf(hop, claim, captures, issued);
  for (const { claim, hops } of chains) link(hops, claim, world);
  world.units.push(...(dossier.units ?? []).map(({ members }) => members.map(local)));
  for (const { kind, from, to, phi } of dossier.links ?? []) {
    if (kind === 'supersedes') world.claims[local(to)]!.supersededBy = local(from);
    else world.links = [...(world.links ?? []), { kind, from: local(from), to: local(to), ...(phi && { phi }) }];
  }
  for (const { key, conclusion, premises, polarity, phi } of dossier.derivations ?? [])
    world.derivations = {
      ...world.derivations,
      [key]: { conclusion, premises, ...(polarity && { polarity }), ...(phi && { phi }) },
    };
  for (const change of dossier.changes ?? []) apply(change, world);
}

const local = (reference: string): string => reference.slice(reference.indexOf(':') + 1);
const keyOf = (hop: Hop, claim: string): string => hop.key ?? `${claim}.${hop.source}`;

function assertionOf(
  hop: Hop,
  claim: string,
  captures: Map<string, string>,
  issued: Map<string, DateEntry>,
): WorldAssertion {
  const { source, stance, basis, relays, support, hold, assertedAt, passage } = hop;
  const ours = passage?.capture !== undefined && captures.get(local(passage.capture)) === source;
  return {
    claim,
    ...(source !== undefined && { source: local(source) }),
    ...(stance !== undefined && { stance }),
    ...(basis !== undefined && { basis }),
    relays: (relays ?? []).map(relayOf),
    ...(support !== undefined && { support }),
    hold: hold ?? (ours ? 'held' : 'cited'),
    assertedAt: edtf(assertedAt ?? (source === undefined ? 'unknown' : (issued.get(local(source)) ?? 'unknown'))),
  };
}

const relayOf = (relay: string | WorldRelay): WorldRelay =>
  typeof relay === 'string'
    ? { assertion: local(relay) }
    : 'unknown' in relay
      ? relay
      : { ...relay, assertion: local(relay.assertion) };

const edtf = (date: DateEntry): string => (typeof date === 'object' ? (date.edtf ?? 'unknown') : String(date));

/** Each hop relays the next one; `how` and `fidelity` of a hop speak of that relay. */
function link(hops: readonly (Hop | string)[], claim: string, world: World): void {
  const ids = hops.map(hop => (typeof hop === 'string' ? named(local(hop), claim, world) : keyOf(hop, claim)));
  ids.slice(0, -1).forEach((id, index) => {
    const hop = hops[index]!;
    const { how, fidelity } = typeof hop === 'string' ? {} : hop;
    const assertion = world.assertions[id]!;
    const to = ids[index + 1]!;
    if (assertion.relays?.some(relay => 'assertion' in relay && relay.assertion === to)) return;
    assertion.relays = [
      ...(assertion.relays ?? []),
      { assertion: to, ...(how && { how }), ...(fidelity && { fidelity }) },
    ];
  });
}

/** A hop that is a string: an assertion's key, else the source of exactly one assertion on the claim. */
function named(hop: string, claim: string, world: World): string {
  if (world.assertions[hop]) return hop;
  const matches = Object.entries(world.assertions).filter(([, a]) => a.claim === claim && a.source === hop);
  if (matches.length !== 1) throw new Error(`${claim}: hop "${hop}" names ${matches.length} assertions`);
  return matches[0]![0];
}

function apply({ key, target, kind, by, assertedAt, set }: Change, world: World): void {
  const id = local(target).slice(target.indexOf('/') + 1);
  const section = target.slice(0, target.indexOf('/'));
  if (kind === 'retract')
    world.retractions![key] = { target: id, by, ...(assertedAt !== undefined && { assertedAt: edtf(assertedAt) }) };
  if (kind === 'reinstate') world.retractions![id]!.lifted = true;
  if (kind === 'grade') world.sources[id]!.grade = set!.grade!;
  if (kind === 'correct' && section === 'assertions') {
    const { relays, ...fields } = set!;
    Object.assign(world.assertions[id]!, fields, relays && { relays: relays.map(relayOf) });
  }
}
