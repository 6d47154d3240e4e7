import { checked } from './check.js';
import type { Entry, Findings } from './entries.js';
import type { Gathered } from './gathered.js';
import type { Item } from './item.js';
import type { Path, Place } from './pointer.js';
import { chainAsRead, chainSchema, ENTRY_SCHEMAS, hopSchema } from './schema.js';
import { isRecord } from './schema-walk.js';
import type { BadMember } from './values.js';

/*
 * The short form of relays (WIRE.md, "Dossier"): from the document in our hands to the origin. Each hop is an
 * assertion that relays the next; a hop that is a string names one, and gets the relay to the next hop added.
 */

interface Hop {
  /** The assertion that the hop is or names; undefined where nobody can say which. */
  readonly key: string | undefined;
  place(): Place;
  readonly relay: Readonly<Record<string, unknown>>;
  relayPlace(): Place;
}

interface Added {
  readonly relay: Readonly<Record<string, unknown>>;
  place(): Place;
}

/** Makes assertions of the hops, and adds the relays to what they relay; `{ unknown: true }` becomes a hop of its own. */
export function expandChains(chains: readonly Item[], dossier: string, gathered: Gathered, warnings: Findings): void {
  const { findings } = gathered;
  const added = new Map<string, Added[]>();
  const readChains = chains.flatMap(item => {
    const chain = readChain(item, dossier, gathered);
    return chain === undefined ? [] : [chain];
  });
  const bySource = assertionsBySource(gathered, dossier);
  for (const { claim, hops } of readChains) {
    const named = hops.map(hop => (typeof hop === 'function' ? hop(bySource) : hop));
    named.forEach((hop, i) => {
      const next = named[i + 1];
      if (next === undefined) {
        if (Object.keys(hop.relay).length === 0) return;
        findings.add(hop.relayPlace(), {
          code: 'no-next-hop',
          detail: 'the last hop relays nothing, so nothing can be said of how',
          found: Object.keys(hop.relay).join(', '),
          wanted: 'a next hop',
        });
        rejectHop(hop);
        return;
      }
      if (hop.key === undefined) return;
      if (next.key === undefined) return rejectHop(hop);
      if (hop.key.includes(':') && !hop.key.startsWith(`${dossier}:`)) {
        findings.add(hop.place(), {
          code: 'foreign-entry',
          detail: `"${hop.key}" is an entry of another dossier; a relay cannot be added to it here`,
          found: `"${hop.key}"`,
          wanted: 'an assertion of this dossier',
        });
        return;
      }
      const own = gathered.entries.get(`assertions/${hop.key}`);
      if (own === undefined && !gathered.rejected.has(`assertions/${hop.key}`)) {
        findings.add(hop.place(), {
          code: 'unknown-reference',
          detail: `no assertion "${hop.key}" in the file, and no source of one on ${claim}: the relay to the next hop has no place`,
          found: `"${hop.key}"`,
          wanted: 'key of an assertion, or the source of exactly one on this claim',
        });
        const before = named[i - 1];
        if (before !== undefined) rejectHop(before);
        return;
      }
      if (own !== undefined && local(own.fields['claim'] as string, dossier) !== claim) {
        findings.add(hop.place(), foreignHop(hop.key, String(own.fields['claim']), claim));
        return rejectHop(hop);
      }
      const list = added.get(hop.key) ?? [];
      list.push({ relay: { assertion: next.key, ...hop.relay }, place: () => next.place() });
      added.set(hop.key, list);
    });
  }
  for (const [key, entry] of [...gathered.entries])
    if (key.startsWith('assertions/') || key.startsWith('changes/'))
      complete(entry, added.get(entry.key) ?? [], dossier, gathered, warnings);

  function rejectHop({ key }: Hop): void {
    if (key === undefined) return;
    gathered.entries.delete(`assertions/${key}`);
    gathered.reject('assertions', key);
  }
}

const foreignHop = (key: string, claim: string, wanted: string) => ({
  code: 'foreign-relay',
  detail: `assertion "${key}" belongs to another claim, "${claim}"; a chain stays within one claim, here "${wanted}"`,
  found: `an assertion of "${claim}"`,
  wanted: `an assertion of "${wanted}"`,
});

/** Local references without the dossier's own name before them. */
export const local = (reference: string, dossier: string): string =>
  reference.startsWith(`${dossier}:`) ? reference.slice(dossier.length + 1) : reference;

type BySource = (claim: string, source: string) => readonly string[];

interface Chain {
  readonly claim: string;
  /** A hop that is a string is looked up when all assertions are known. */
  readonly hops: readonly (Hop | ((bySource: BySource) => Hop))[];
}

function readChain(item: Item, dossier: string, gathered: Gathered): Chain | undefined {
  const { findings } = gathered;
  const bad: BadMember[] = [];
  const value = item.value(chainAsRead, bad);
  const inHops = ({ path }: { readonly path: Path }) => path[0] === 'hops' && path.length > 1;
  const whole = checked(chainSchema, value);
  const wrong = [...bad, ...whole.wrong].filter(each => !inHops(each));
  for (const each of wrong) findings.add(item.place(each.path), each);
  const given = isRecord(value) && Array.isArray(value['hops']) ? (value['hops'] as unknown[]) : [];
  const claim = isRecord(value) && typeof value['claim'] === 'string' ? local(value['claim'], dossier) : undefined;
  const hops = given.map((hop, i) => {
    const at = ['hops', String(i)];
    if (typeof hop === 'string') return namedHop(hop, item, at, claim ?? '', dossier, gathered);
    const inner = bad.filter(b => b.path[1] === String(i) && inHops(b)).map(b => ({ ...b, path: b.path.slice(2) }));
    return ownHop(hop, inner, item, at, claim, wrong.length > 0, dossier, gathered);
  });
  return claim === undefined || wrong.length > 0 ? undefined : { claim, hops };
}

const namedHop =
  (name: string, item: Item, at: Path, claim: string, dossier: string, { entries, rejected, findings }: Gathered) =>
  (bySource: BySource): Hop => {
    const place = () => item.place(at);
    const hop = (key: string | undefined): Hop => ({ key, place, relay: {}, relayPlace: place });
    const key = local(name, dossier);
    if (key.includes(':') || entries.has(`assertions/${key}`) || rejected.has(`assertions/${key}`)) return hop(key);
    const found = bySource(claim, key);
    if (found.length === 1) return hop(found[0]);
    if (found.length === 0) return hop(key);
    findings.add(place(), {
      code: 'ambiguous-reference',
      detail: `"${name}" has ${String(found.length)} assertions on ${claim}: ${found.join(', ')}; name one of them by its key`,
      found: `"${name}"`,
      wanted: `one of ${found.join(', ')}`,
    });
    return hop(undefined);
  };

function ownHop(
  given: unknown,
  bad: readonly BadMember[],
  item: Item,
  at: Path,
  claim: string | undefined,
  broken: boolean,
  dossier: string,
  gathered: Gathered,
): Hop {
  const { findings } = gathered;
  const place = () => item.place(at);
  const { value, wrong } = checked(hopSchema, given, path => item.source([...at, ...path]));
  const all = [...bad, ...wrong];
  for (const each of all) findings.add(item.place([...at, ...each.path]), each);
  const fields: Record<string, unknown> = isRecord(value) ? value : {};
  const { key: given_, how, fidelity, fidelityReason, ...rest } = fields;
  const source = rest['source'];
  const derived =
    typeof source === 'string' && claim !== undefined ? `${bare(claim)}.${bare(local(source, dossier))}` : undefined;
  const key = typeof given_ === 'string' ? given_ : derived;
  const keyPlace = () => item.place([...at, 'key']);
  const relay = {
    ...(how === undefined ? {} : { how }),
    ...(fidelity === undefined ? {} : { fidelity }),
    ...(fidelityReason === undefined ? {} : { fidelityReason }),
  };
  const said = how !== undefined ? 'how' : fidelity !== undefined ? 'fidelity' : 'fidelityReason';
  const hop = { key, place, relay, relayPlace: () => item.place([...at, said]) };
  if (key === undefined) {
    if (all.length === 0 && !broken)
      findings.add(keyPlace(), {
        code: 'required',
        detail: 'key is missing: a hop without source needs one',
        found: 'nothing',
        wanted: 'a key',
      });
    return hop;
  }
  if (!gathered.claim('assertions', key, keyPlace)) return { ...hop, key: undefined };
  if (all.length > 0 || broken || claim === undefined)
    gathered.reject('assertions', key, { ...(claim === undefined ? {} : { claim }), source });
  else
    gathered.add({
      section: 'assertions',
      key,
      fields: { claim, ...rest },
      schema: ENTRY_SCHEMAS.assertions,
      place: path =>
        path[0] === 'claim' ? item.place(['claim']) : path.length === 0 ? place() : item.place([...at, ...path]),
    });
  return hop;
}

const bare = (reference: string) => reference.slice(reference.indexOf(':') + 1);

function assertionsBySource({ entries, unsound }: Gathered, dossier: string): BySource {
  const keys = new Map<string, string[]>();
  const sound = [...entries.values()].filter(({ section }) => section === 'assertions');
  for (const { key, fields } of [...sound, ...unsound]) {
    const { claim, source } = fields;
    if (typeof claim !== 'string' || typeof source !== 'string') continue;
    const at = `${local(claim, dossier)}\n${local(source, dossier)}`;
    keys.set(at, [...(keys.get(at) ?? []), key]);
  }
  return (claim, source) => keys.get(`${claim}\n${source}`) ?? [];
}

type RelayFields = Readonly<Record<string, unknown>>;

/** The entry with the relays that chains add, each with its place; and hops of their own for what is unknown. */
function complete(
  entry: Entry,
  added: readonly Added[],
  dossier: string,
  gathered: Gathered,
  warnings: Findings,
): void {
  const inSet = entry.section === 'changes';
  const holder = inSet ? (entry.fields['set'] as Record<string, unknown> | undefined) : entry.fields;
  const own = (holder?.['relays'] ?? []) as readonly RelayFields[];
  const at: Path = inSet ? ['set', 'relays'] : ['relays'];
  const relays: RelayFields[] = own.map(relay =>
    typeof relay['assertion'] === 'string' ? { ...relay, assertion: local(relay['assertion'], dossier) } : relay,
  );
  const places: ((path: Path) => Place)[] = own.map((_, i) => path => entry.place([...at, String(i), ...path]));
  for (const one of added) {
    const { relay } = one;
    const twice = relays.find(r => r['assertion'] === relay['assertion']);
    if (twice === undefined) {
      relays.push(relay);
      places.push(() => one.place());
    } else if (Object.keys(relay).some(name => relay[name] !== twice[name]))
      warnings.add(one.place(), {
        code: 'relay-twice',
        detail: `${entry.key} relays "${String(relay['assertion'])}" already, with another how or fidelity; the first stands`,
      });
  }
  if (relays.length === 0) return;
  let unknown = 0;
  const named = relays.map((relay, i) => {
    if (relay['unknown'] !== true) return relay;
    const key = `${entry.key}.unknown${unknown++ === 0 ? '' : `-${String(unknown)}`}`;
    const place = () => (places[i] as (path: Path) => Place)([]);
    const claim = inSet ? claimOfTarget(entry, gathered, dossier) : entry.fields['claim'];
    if (claim !== undefined && gathered.claim('assertions', key, place))
      gathered.add({
        section: 'assertions',
        key,
        fields: { claim, hold: 'unknown' },
        schema: ENTRY_SCHEMAS.assertions,
        place,
      });
    return { assertion: key };
  });
  const withRelays = inSet
    ? { ...entry.fields, set: { ...holder, relays: named } }
    : { ...entry.fields, relays: named };
  gathered.add({
    ...entry,
    fields: withRelays,
    place: path => {
      const inner = at.every((member, i) => path[i] === member) ? path.slice(at.length) : [];
      const place = inner.length > 0 ? places[Number(inner[0])] : undefined;
      return place === undefined ? entry.place(path) : place(inner.slice(1));
    },
  });
}

function claimOfTarget(change: Entry, { entries }: Gathered, dossier: string): string | undefined {
  const target = change.fields['target'] as string;
  const key = local(target.slice(target.indexOf('/') + 1), dossier);
  return entries.get(`assertions/${key}`)?.fields['claim'] as string | undefined;
}
