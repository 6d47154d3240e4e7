import type { LedgerEvent } from '@credence/contracts';
import { each, present } from '@credence/kernel';
import type { EventStore, ReadTables } from '@credence/kernel';

/** How much is read for one answer. */
export interface Most {
  readonly streams: number;
  readonly events: number;
}
const MOST: Most = { streams: 1000, events: 50_000 };

/**
 * Every event up to `seq` that the belief in the claim hangs on or ever hung on, in order: of the claim and its premises,
 * of what they are or were linked to or superseded by, of the sources that speak there, of their units, of policies.
 *
 * @param tables - of the belief view, at `seq` or later
 * @returns undefined where that is too much to read for one answer
 */
export async function beliefPast(
  claim: string,
  seq: number,
  tables: ReadTables,
  store: EventStore,
  isSetAside: (seq: number) => boolean,
  most: Most = MOST,
): Promise<readonly LedgerEvent[] | undefined> {
  const streams = new Map<string, readonly LedgerEvent[]>();
  let events = 0;
  const read = async (stream: string): Promise<readonly LedgerEvent[]> => {
    const known = streams.get(stream);
    if (known !== undefined) return known;
    const found: LedgerEvent[] = [];
    if (streams.size < most.streams && events < most.events)
      for await (const event of each(store.readStream(stream)))
        if (event.seq <= seq && !isSetAside(event.seq)) found.push(present(event));
    events += found.length;
    streams.set(stream, found);
    return found;
  };
  const others = (table: string, id: string) =>
    Array.from(tables<true>(table).range({ prefix: [id] }), ({ key }) => key[1] as string);

  const believed = new Set([claim]);
  const examined = new Set<string>();
  for (const id of believed) {
    examined.add(id);
    for (const event of await read(`claim-${id}`))
      if (event.type === 'DerivationRecorded') for (const premise of event.data.premises) believed.add(premise);
      else if (event.type === 'ClaimSuperseded') examined.add(event.data.successor);
  }
  const speaking = new Set(examined);
  for (const id of examined) {
    for (const other of others('onceLinked', id)) speaking.add(other);
    for (const event of await read(`claim-${id}`)) if (event.type === 'ClaimsLinked') speaking.add(event.data.to);
  }
  const sources = new Set<string>();
  for (const id of speaking)
    for (const event of await read(`claim-${id}`))
      if (event.type === 'AssertionRecorded' && event.data.source !== undefined) sources.add(event.data.source);
  for (const id of sources) await read(`source-${id}`);
  for (const id of sources)
    for (const unit of others('onceMember', id))
      for (const event of await read(`unit-${unit}`)) {
        if (event.type === 'UnitDeclared') for (const member of event.data.members) sources.add(member);
        if (event.type === 'UnitMembersChanged') for (const member of event.data.add ?? []) sources.add(member);
      }
  for (const { value } of tables<{ id: string }>('policies').range()) await read(`policy-${value.id}`);
  if (streams.size > most.streams || events >= most.events) return undefined;
  return [...streams.values()].flat().sort((a, b) => a.seq - b.seq);
}
