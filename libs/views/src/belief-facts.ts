import type { AssertionFact, ClaimFact, DerivationFact, Facts, LinkFact, SourceFact } from '@credence/belief';
import type { ReadTables } from '@credence/kernel';

/** The facts that belief reads, from the tables of the belief view. What was read once is not read again. */
export function factsIn(tables: ReadTables): Facts {
  const sources = remembered((id: string) => tables<SourceFact>('sources').get([id]));
  const claims = remembered((id: string) => tables<ClaimFact>('claims').get([id]));
  const units = remembered((source: string) => tables<readonly string[]>('unitOf').get([source]));
  const assertions = remembered((claim: string) => rows<AssertionFact>(tables, 'assertions', claim));
  const links = remembered((claim: string) => rows<LinkFact>(tables, 'links', claim));
  const derivations = remembered((claim: string) => rows<DerivationFact>(tables, 'derivations', claim));
  return {
    source: sources,
    claim: claims,
    unitOf: units,
    assertionsOn: assertions,
    linksOf: links,
    derivationsFor: derivations,
  };
}

const rows = <T>(tables: ReadTables, table: string, claim: string): readonly T[] =>
  Array.from(tables<T>(table).range({ prefix: [claim] }), row => row.value);

function remembered<T>(read: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return id => {
    if (!known.has(id)) known.set(id, read(id));
    return known.get(id) as T;
  };
}
