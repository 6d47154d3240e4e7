import { randomUUID } from 'node:crypto';
import { commandNamed } from '@credence/claims';
import { isRefusal, refuse } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import type { ImportPort } from '@credence/exchange';
import { each, present } from '@credence/kernel';
import type { CaptureStore } from '@credence/kernel';
import type { Imported } from '@credence/views';
import { limited } from './capturing.js';
import { passageIn, perform } from './execute.js';
import type { Writing } from './execute.js';
import { resolve, SINGULAR } from './references.js';

export interface ImportMeta {
  readonly actor: string;
  readonly correlationId: string | undefined;
}

/** The ledger as an importer sees it: entries instead of commands sent by somebody, ids that an entry always has. */
export function importPort(writing: Writing, captures: CaptureStore, meta: ImportMeta): ImportPort {
  const { identity, store } = writing;
  const correlationId = meta.correlationId ?? randomUUID();
  return {
    entryId: (dossier, section, key) => identity.entry(dossier, section, key),
    contentHash: content => identity.contentHash(content),
    lastImport: async (dossier, section, key) => {
      const { references } = await writing.upToDate();
      return references<Imported>('entries').get([dossier, section, key]);
    },
    entriesOf: async dossier => {
      const { references } = await writing.upToDate();
      const entries = references<Imported>('entries').range({ prefix: [dossier] });
      return Array.from(entries, ({ key }) => ({ section: key[1] as Section, key: key[2] as string }));
    },
    resolve: async (section, reference) => {
      const { references } = await writing.upToDate();
      const named = resolve(section, reference, references);
      return named ?? refuse('unknown-reference', `no ${SINGULAR[section]} is called "${reference}"`);
    },
    events: async stream => {
      const events: LedgerEvent[] = [];
      for await (const event of each(store.readStream(stream)))
        if (!writing.isSetAside(event.seq)) events.push(present(event));
      return events;
    },
    perform: async ({ command, stream, target, made, data, words, entry }) => {
      const definition = commandNamed(command);
      if (definition === undefined) throw new Error(`no command is called ${command}`);
      const { dossier, section, key, contentHash, lastEvent } = entry;
      const written = await perform(
        {
          definition,
          stream,
          target,
          made: made ?? target,
          data,
          words: { ...words, entry: { dossier, section, key, contentHash } },
          resolved: true,
          commandId: identity.importCommand(dossier, section, key, contentHash, lastEvent),
          commandHash: identity.commandHash({ command, target, data, words }),
          actor: meta.actor,
          correlationId,
        },
        writing,
      );
      if (isRefusal(written)) return written;
      const { state } = (written.would && passageIn(written.would.data, written.would.words)) ?? {};
      return { ...written.receipt, ...(state === undefined ? {} : { passageState: state }) };
    },
    putCapture: bytes => captures.put(limited(bytes)),
  };
}
