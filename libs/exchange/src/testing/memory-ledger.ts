import { createHash, createHmac, hash, randomBytes } from 'node:crypto';
import { EVOLUTIONS, commandNamed, noClaim, noSource } from '@credence/claims';
import type { ClaimState, LookUps, SourceState } from '@credence/claims';
import { isRefusal, refuse } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import { base32, canonicalize, uuid8 } from '@credence/integrity';
import { each, memoryEventStore, present, write } from '@credence/kernel';
import type { Evolution, EventStore, Receipt } from '@credence/kernel';
import type { ImportCommand, ImportPort, LastImport } from '../import-port.js';
import { rehearsalStore } from '../rehearsal-store.js';

const primitives = {
  sha256: (bytes: Uint8Array) => hash('sha256', bytes, 'buffer'),
  sha1: (bytes: Uint8Array) => hash('sha1', bytes, 'buffer'),
  random: (count: number) => randomBytes(count),
};

/** A ledger in memory with everything that an importer needs, on the real store, write loop and deciders. */
export interface MemoryLedger {
  readonly port: ImportPort;
  /** Sees this ledger and writes nothing to it. */
  readonly rehearsal: () => ImportPort;
  readonly events: () => Promise<LedgerEvent[]>;
  readonly captures: ReadonlySet<string>;
  /** A command that comes through another door. */
  readonly elsewhere: (command: Omit<ImportCommand, 'entry'>) => Promise<Receipt>;
}

export function memoryLedger(options: { readonly before?: (command: ImportCommand) => void } = {}): MemoryLedger {
  let now = Date.UTC(2026, 0, 1);
  const store = memoryEventStore({ clock: () => now++, sha256: primitives.sha256 });
  const captures = new Set<string>();
  const salt = Buffer.from('a salt for tests');
  const hmac = (...lines: string[]) => createHmac('sha256', salt).update(lines.join('\n')).digest();
  const contentHash = (content: unknown) => hmac('content', canonicalize(content)).toString('hex');
  const entryId = (dossier: string, section: string, key: string) =>
    base32(hmac('entry', dossier, section, key).subarray(0, 16));

  const portOn = (at: EventStore, dry: boolean): ImportPort => {
    const imported = new Map<string, LastImport>();
    const note = (event: LedgerEvent) => {
      const entry = event.words.entry;
      if (entry === undefined) return;
      const { dossier, section, key } = entry;
      const last = { stream: event.stream, contentHash: entry.contentHash, event: event.id };
      const id = event.type === 'CaptureTaken' ? event.data.sha256 : entryId(dossier, section, key);
      imported.set(`${dossier}\n${section}\n${key}`, { id, ...last });
    };
    let read: Promise<void> | undefined;
    const ready = () => (read ??= readAll());
    const readAll = async () => {
      for await (const event of each(at.readAll(null))) note(present(event));
    };
    const stateOf = async <S>(stream: string, evolution: Evolution<S>): Promise<S> => {
      let state = evolution.initial;
      for await (const event of each(at.readStream(stream))) state = evolution.evolve(state, present(event));
      return state;
    };
    return {
      entryId,
      contentHash,
      lastImport: async (...entry) => {
        await ready();
        return imported.get(entry.join('\n'));
      },
      entriesOf: async dossier => {
        await ready();
        return [...imported.keys()]
          .map(name => name.split('\n') as [string, Section, string])
          .filter(([of]) => of === dossier)
          .map(([, section, key]) => ({ section, key }));
      },
      resolve: async (section, reference) => {
        await ready();
        const [dossier, key] = reference.split(':') as [string, string | undefined];
        const found = key === undefined ? undefined : imported.get(`${dossier}\n${section}\n${key}`);
        if (found !== undefined) return { id: found.id, stream: found.stream };
        return refuse('unknown-reference', `no ${section} ${reference}`);
      },
      events: async stream => {
        const events: LedgerEvent[] = [];
        for await (const event of each(at.readStream(stream))) events.push(present(event));
        return events;
      },
      perform: async command => {
        await ready();
        if (!dry) options.before?.(command);
        const { entry, stream, target, made, data, words } = command;
        const { lastEvent, ...name } = entry;
        const definition = commandNamed(command.command);
        if (definition === undefined) throw new Error(`no command ${command.command}`);
        const sources = new Map<string, SourceState>();
        const claims = new Map<string, ClaimState>();
        for (const id of namedIds(data)) {
          sources.set(id, await stateOf(`source-${id}`, EVOLUTIONS.source));
          claims.set(id, await stateOf(`claim-${id}`, EVOLUTIONS.claim));
        }
        const lookUps: LookUps = { source: id => sources.get(id) ?? noSource, claim: id => claims.get(id) ?? noClaim };
        const parts = name.dossier === '' ? { data, words } : { data, words: { ...words, entry: name } };
        const evolution = EVOLUTIONS[definition.category] as Evolution<unknown>;
        const written = await write(
          at,
          {
            stream,
            evolution,
            decide: state =>
              definition.decide({ ...parts, target, made: made ?? target } as never, state as never, lookUps),
            commandId: uuid8(
              hmac('import', name.dossier, name.section, name.key, name.contentHash, lastEvent).subarray(0, 16),
            ),
            commandHash: hmac(canonicalize({ command: command.command, target, data, words })).toString('hex'),
            actor: 'tester',
            correlationId: 'test',
            ledger: entryId('ledger', 'ledger', 'test'),
          },
          primitives,
        );
        if (isRefusal(written)) return written;
        if (written.receipt.events.length > 0)
          note({
            ...written.receipt.events[0],
            stream,
            data,
            words: parts.words,
          } as unknown as LedgerEvent);
        return written.receipt;
      },
      putCapture: async bytes => {
        const sum = createHash('sha256');
        let size = 0;
        for await (const chunk of bytes) {
          sum.update(chunk);
          size += chunk.length;
        }
        const sha256 = sum.digest('hex');
        if (!dry) captures.add(sha256);
        return { sha256, size };
      },
    };
  };

  let others = 0;
  const events = async () => {
    const list: LedgerEvent[] = [];
    for await (const event of each(store.readAll(null))) list.push(present(event));
    return list;
  };
  return {
    port: portOn(store, false),
    rehearsal: () => portOn(rehearsalStore(store), true),
    captures,
    events,
    elsewhere: async command => {
      const entry = { dossier: '', section: 'claims' as const, key: String(others++), contentHash: '', lastEvent: '' };
      const receipt = await portOn(store, false).perform({ ...command, entry });
      if (isRefusal(receipt)) throw new Error(receipt.detail);
      return receipt;
    },
  };
}

function* namedIds(value: unknown): Generator<string> {
  if (typeof value === 'string' && /^[a-z2-7]{26}$/.test(value)) yield value;
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* namedIds(inner);
}
