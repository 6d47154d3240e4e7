import { p1 } from '@credence/belief';
import type { AssertionFact, ClaimFact, DerivationFact, Facts, LinkFact, Policy, SourceFact } from '@credence/belief';
import type { ReadTable, Table } from '@credence/kernel';

/** Tables of the belief view, or something over them. */
export type ReadFacts = <V>(table: string) => ReadTable<V>;
export type WriteFacts = <V>(table: string) => Table<V>;

/** A fact in its table, with the seq of the event that made it. */
export type Recorded<T> = T & { readonly seq: number };

/**
 * The facts that belief reads, from the tables of the belief view. What was read once is not read again.
 *
 * @param last - the event of the tables: on a claim that it recorded nothing is looked for
 */
export function factsIn(tables: ReadFacts, last?: number): Facts {
  const sources = remembered((id: string) => tables<SourceFact>('sources').get([id]));
  const claims = remembered((id: string) => tables<ClaimFact>('claims').get([id]));
  const units = remembered((source: string) => tables<readonly string[]>('unitOf').get([source]));
  const isNew = (claim: string) =>
    last !== undefined && (claims(claim) as Recorded<ClaimFact> | undefined)?.seq === last;
  const assertions = remembered((claim: string) =>
    isNew(claim) ? [] : rows<AssertionFact>(tables, 'assertions', claim),
  );
  const tied = remembered((claim: string) => !isNew(claim) && tables<true>('tied').get([claim]) !== undefined);
  const ofTied = <T>(table: string) =>
    remembered((claim: string) => (tied(claim) ? rows<T>(tables, table, claim) : []));
  const links = ofTied<LinkFact>('links');
  const derivations = ofTied<DerivationFact>('derivations');
  return {
    source: sources,
    claim: claims,
    unitOf: units,
    assertionsOn: assertions,
    linksOf: links,
    derivationsFor: derivations,
  };
}

/** In which table each of the facts stands; the key of its rows begins with the id that it is asked by. */
const TABLE_OF = {
  source: 'sources',
  claim: 'claims',
  unitOf: 'unitOf',
  assertionsOn: 'assertions',
  linksOf: 'links',
  derivationsFor: 'derivations',
} satisfies Record<keyof Facts, string>;

/** Facts of an earlier moment, read at a later one wherever that is the same: `differs` says where it may not be. */
export function factsShared(then: Facts, now: Facts, differs: (table: string, id: string) => boolean): Facts {
  const of =
    <T>(fact: keyof Facts, from: (facts: Facts) => (id: string) => T) =>
    (id: string): T =>
      from(differs(TABLE_OF[fact], id) ? then : now)(id);
  return {
    source: of('source', facts => facts.source),
    claim: of('claim', facts => facts.claim),
    unitOf: of('unitOf', facts => facts.unitOf),
    assertionsOn: of('assertionsOn', facts => facts.assertionsOn),
    linksOf: of('linksOf', facts => facts.linksOf),
    derivationsFor: of('derivationsFor', facts => facts.derivationsFor),
  };
}

const rows = <T>(tables: ReadFacts, table: string, claim: string): readonly T[] =>
  Array.from(tables<T>(table).range({ prefix: [claim] }), row => row.value);

function remembered<T>(read: (id: string) => T): (id: string) => T {
  let known: Map<string, T> | undefined; // many are never asked
  return id => {
    known ??= new Map<string, T>();
    if (!known.has(id)) known.set(id, read(id));
    return known.get(id) as T;
  };
}

/** The policy in force at the tables' seq: the last one adopted, or p1. */
export function policyIn(tables: ReadFacts): Policy {
  const [last] = tables<Policy>('policies').range({ reverse: true, limit: 1 });
  return last?.value ?? p1;
}
