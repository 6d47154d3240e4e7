import type { Facts, Grade, Hold, LinkFact, SourceFact, Stance } from './facts.js';
import { type Pins, type Counted, rollOf, standing } from './pins.js';
import { type Numbers, type Own, ownOpinion } from './policy.js';
import { compare, decimal, ONE, type Rational } from './rational.js';

/** A source as it stands in the graph of one claim. */
export interface Voice {
  readonly index: number;
  /** For the stand-in of an unknown hop: the assertion's id. */
  readonly id: string;
  readonly grade: Grade;
  /** Named to anyone, be it to us alone. */
  readonly identified: boolean;
  /** t: by its grade, at most `trustUnnamed` if nobody can name it. */
  readonly trust: Rational;
  /** Its own assertions compete and never add. */
  readonly pooled: boolean;
  /** The first member of its declared unit; undefined: in none. */
  readonly unit: string | undefined;
  /** In core and cuts: the sources of its declared unit that are in the graph, else itself. */
  unitName: string;
}

/** A live assertion on the claim or on one linked to it. */
export interface Node {
  readonly index: number;
  readonly id: string;
  readonly claim: string;
  readonly voice: Voice;
  readonly hold: Hold;
  /** Its own opinion as it counts on the claim; null for a pure relay, and where a link carries nothing over. */
  readonly own: Own | null;
  /** Basis first-hand, record or own-reporting. */
  readonly known: boolean;
  readonly unstated: boolean;
  /** Supplies to the pool: its source is pooled, unnamed, or its basis unstated. */
  readonly pooled: boolean;
  /** A pure relay by a record that nobody graded: whoever cites it, or we who hold it, answer for it. */
  readonly carrier: boolean;
  /** t of its source; 1 for a carrier. */
  readonly trust: Rational;
  /** What it cites count as one unit: support together or unclear. */
  readonly groups: boolean;
  readonly relays: Relay[];
  readonly relayedBy: Relay[];
}

export interface Relay {
  readonly from: Node;
  readonly to: Node;
  phi: Rational;
}

/** BELIEF.md §4.1: the live assertions on a claim and its linked claims, with the relays among them. */
export interface Graph {
  readonly claim: string;
  /** Sorted by id. */
  readonly nodes: readonly Node[];
  readonly voices: readonly Voice[];
  /** Something is dead by the word of a speaker or publisher. */
  readonly withdrawn: boolean;
}

export function graphOf(facts: Facts, claim: string, pins: Pins, numbers: Numbers): Graph {
  const said: { counted: Counted; converts: Conversion }[] = [];
  let withdrawn = false;
  const call = (id: string, converts: Conversion) => {
    const roll = rollOf(facts, id, pins);
    withdrawn ||= roll.withdrawn;
    for (const counted of roll.counted) said.push({ counted, converts });
  };
  call(claim, own => own);
  for (const { other, converts } of linked(facts.linksOf(claim), claim)) call(other, converts);
  said.sort((x, y) => (x.counted.fact.id < y.counted.fact.id ? -1 : 1));
  const voices = new Map<string, Voice>();
  const nodes = said.map(({ counted, converts }, index) => nodeOf(counted, converts, index, voices, facts, numbers));
  connect(nodes, said, numbers);
  const all = [...voices.values()];
  nameUnits(all);
  return { claim, nodes, voices: all, withdrawn };
}

type Conversion = (own: Own) => Own | null;

/** BELIEF.md §5: what an own opinion on the other claim of each link counts as here. One step, direct assertions only. */
function linked(links: readonly LinkFact[], claim: string): { other: string; converts: Conversion }[] {
  return links.flatMap(link => {
    const converts = conversion(link, link.to === claim);
    const other = link.from === claim ? link.to : link.from;
    return converts && other !== claim ? [{ other, converts }] : [];
  });
}

function conversion({ kind, phi }: LinkFact, claimIsTo: boolean): Conversion | undefined {
  switch (kind) {
    case 'same-as':
      return own => own;
    case 'complement':
      return ({ b, d, one }) => ({ b: d, d: b, one });
    case 'contrary': {
      const { n, d: scale } = phi === undefined ? ONE : decimal(phi);
      return ({ b, one }) => ({ b: 0n, d: b * n, one: one * scale });
    }
    case 'narrower': // from the specific claim to the general one
      return claimIsTo
        ? ({ b, d, one }) => (b > d ? { b, d: 0n, one } : null)
        : ({ b, d, one }) => (d > b ? { b: 0n, d, one } : null);
    default:
      return undefined; // a tension is for display only
  }
}

function nodeOf(
  { fact, source, stance, basis }: Counted,
  converts: Conversion,
  index: number,
  voices: Map<string, Voice>,
  facts: Facts,
  numbers: Numbers,
): Node {
  const voice = voiceOf(source, fact.id, voices, facts, numbers);
  const own = stance === null || basis === 'cites' ? null : opinionIn(stance, numbers);
  const carrier = own === null && source?.kind === 'record' && voice.grade === 'F' && fact.hold !== 'unknown';
  return {
    index,
    id: fact.id,
    claim: fact.claim,
    voice,
    hold: fact.hold,
    own: own && converts(own),
    known: basis === 'first-hand' || basis === 'record' || basis === 'own-reporting',
    unstated: basis === 'unstated',
    pooled: voice.pooled || basis === 'unstated',
    carrier,
    trust: carrier ? ONE : voice.trust,
    groups: supportOf(fact) !== 'each',
    relays: [],
    relayedBy: [],
  };
}

function voiceOf(
  source: SourceFact | undefined,
  assertion: string,
  voices: Map<string, Voice>,
  facts: Facts,
  numbers: Numbers,
): Voice {
  const id = source?.id ?? assertion;
  const known = voices.get(id);
  if (known) return known;
  const grade = source?.grade ?? 'F';
  const identified = source !== undefined && source.named !== 'nobody';
  const byGrade = numbers.trust[grade];
  const { trustUnnamed: most } = numbers;
  const voice: Voice = {
    index: voices.size,
    id,
    grade,
    identified,
    trust: identified || byGrade.n * most.d <= most.n * byGrade.d ? byGrade : most,
    pooled: !identified || numbers.pooled.has(grade),
    unit: source && facts.unitOf(source.id)?.[0],
    unitName: id,
  };
  voices.set(id, voice);
  return voice;
}

function opinionIn(stance: Stance, numbers: Numbers): Own {
  if (typeof stance !== 'string') return ownOpinion(stance.b, stance.d);
  const own = numbers.stances.get(stance);
  if (!own)
    throw Object.assign(new Error(`policy ${numbers.id} has no stance "${stance}"`), { code: 'unknown-stance' });
  return own;
}

/** Default `each` with one relay, `unclear` with several; misattributed ones not counted, unknown hops counted. */
function supportOf({ support, relays }: Counted['fact']): string {
  if (support !== undefined) return support;
  return relays.length < 2 || relays.filter(r => r.unknown || r.fidelity !== 'misattributed').length < 2
    ? 'each'
    : 'unclear';
}

/** Relays among live assertions; where a note cites one twice, by its better relay. */
function connect(nodes: readonly Node[], said: readonly { counted: Counted }[], numbers: Numbers): void {
  const byId = new Map(nodes.map(node => [node.id, node]));
  nodes.forEach((from, index) => {
    const { fact, basis } = said[index]!.counted;
    for (const relay of fact.relays) {
      if (relay.unknown || relay.fidelity === 'misattributed') continue;
      const to = byId.get(relay.assertion);
      if (!to) continue; // dead, or out of time
      const phi = phiOf(relay.how, basis, numbers);
      const twice = from.relays.find(made => made.to === to);
      if (twice) twice.phi = compare(phi, twice.phi) > 0 ? phi : twice.phi;
      else relate(from, to, phi);
    }
  });
}

function relate(from: Node, to: Node, phi: Rational): void {
  const relay = { from, to, phi };
  from.relays.push(relay);
  to.relayedBy.push(relay);
}

/** The factor of a relay. Whoever speaks in its own voice on others' evidence (`cites`) takes nothing off by default. */
export function phiOf(how: string | undefined, basis: string, numbers: Numbers): Rational {
  if (how === undefined) return basis === 'cites' ? ONE : numbers.defaultRelay;
  const phi = numbers.relays.get(how);
  if (!phi) throw Object.assign(new Error(`policy ${numbers.id} has no relay "${how}"`), { code: 'unknown-relay' });
  return phi;
}

/** BELIEF.md §4.9: the ids of a unit's sources in the graph, sorted, joined by `+`. */
function nameUnits(voices: readonly Voice[]): void {
  const members = new Map<string, Voice[]>();
  for (const voice of voices) {
    if (voice.unit === undefined) continue;
    const unit = members.get(voice.unit);
    if (unit) unit.push(voice);
    else members.set(voice.unit, [voice]);
  }
  for (const unit of members.values()) {
    const name = nameOf(unit);
    for (const voice of unit) voice.unitName = name;
  }
}

export const nameOf = (voices: readonly Voice[]): string =>
  voices
    .map(voice => voice.id)
    .sort()
    .join('+');

/** Is the claim dead at the pins, whoever retracted it? */
export const claimRetracted = (facts: Facts, claim: string, pins: Pins): boolean =>
  standing(facts.claim(claim)?.retractions, pins) !== undefined;

/** The same graph without the relays of some notes (BELIEF.md §4.7). */
export function withoutRelays(graph: Graph, notes: ReadonlySet<Node>): Graph {
  const copies = graph.nodes.map(node => ({ ...node, relays: [] as Relay[], relayedBy: [] as Relay[] }));
  for (const node of graph.nodes) {
    if (notes.has(node)) continue;
    for (const { to, phi } of node.relays) relate(copies[node.index]!, copies[to.index]!, phi);
  }
  return { ...graph, nodes: copies };
}
