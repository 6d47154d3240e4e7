import { isLedgerError } from '@credence/contracts';
import type { ImportPort, LastImport } from '../import-port.js';
import { nameOf } from './entries.js';
import type { Entry } from './entries.js';
import type { Findings } from './entries.js';
import type { Dossier } from './dossier.js';
import { inWindow } from './window.js';

/** An entry and what the ledger knows of it. */
export interface Surveyed {
  readonly entry: Entry;
  readonly name: string;
  /** Of a capture: its bytes, kept already. */
  readonly bytes?: { readonly sha256: string; readonly size: number };
  readonly contentHash: string;
  readonly last: LastImport | undefined;
  /** `begun`: an import was cut off between the first and the last event of this content. */
  readonly state: 'unchanged' | 'new' | 'changed' | 'begun';
  /** Hash of an event that is not the last one of this content: what bears it is not "unchanged". */
  stepHash(): string;
}

export type ReadFile = (name: string) => Promise<AsyncIterable<Uint8Array> | undefined>;

/** Reads the captured files, and finds out which entries are new, unchanged or edited. Captures whose file is missing are reported. */
export async function survey(
  { head, entries }: Dossier,
  port: ImportPort,
  readFile: ReadFile,
  findings: Findings,
): Promise<Map<string, Surveyed>> {
  const found = new Map<string, Surveyed>();
  const list = [...entries.values()];
  for (const entry of list) found.set(nameOf(entry), undefined as never); // file order, whatever answers first
  const look = async (entry: Entry) => {
    const name = nameOf(entry);
    let bytes: Surveyed['bytes'];
    if (entry.section === 'captures') {
      bytes = await keep(entry, port, readFile, findings);
      if (bytes === undefined) {
        found.delete(name);
        return;
      }
    }
    const content = contentOf(entry, bytes?.sha256);
    const contentHash = port.contentHash(content);
    const stepHash = () => port.contentHash({ before: content });
    const last = await port.lastImport(head.id, entry.section, entry.key);
    const state =
      last === undefined
        ? 'new'
        : last.contentHash === contentHash
          ? 'unchanged'
          : last.contentHash === stepHash()
            ? 'begun'
            : 'changed';
    found.set(name, { entry, name, ...(bytes === undefined ? {} : { bytes }), contentHash, last, state, stepHash });
  };
  await inWindow(
    list.filter(({ section }) => section === 'captures'),
    look,
    4,
  );
  await inWindow(
    list.filter(({ section }) => section !== 'captures'),
    look,
  );
  return found;
}

async function keep(entry: Entry, port: ImportPort, readFile: ReadFile, findings: Findings) {
  const file = entry.fields['file'] as string;
  const bytes = await readFile(file);
  if (bytes !== undefined)
    try {
      return await port.putCapture(bytes);
    } catch (error) {
      if (!isLedgerError(error, 'too-large')) throw error;
      findings.add(entry.place(['file']), { code: error.code, detail: error.message, found: `"${file}"` });
      return undefined;
    }
  findings.add(entry.place(['file']), {
    code: 'file-not-found',
    detail: `no file "${file}" beside the dossier`,
    found: `"${file}"`,
    wanted: 'a file, by its path from the dossier',
  });
  return undefined;
}

/** What an entry says, in normal form: one content, one hash, however it is written. Order of relays says nothing. */
function contentOf({ section, fields }: Entry, sha256: string | undefined): unknown {
  const { file: _, relays, ...rest } = fields;
  const list = (relays ?? []) as readonly unknown[];
  return {
    ...rest,
    ...(section === 'captures' ? { sha256 } : {}),
    ...(list.length === 0 ? {} : { relays: [...list].sort(byText) }),
  };
}

const byText = (a: unknown, b: unknown) => {
  const [left, right] = [stable(a), stable(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};
const stable = (relay: unknown) => JSON.stringify(Object.entries(relay as object).sort(([a], [b]) => (a < b ? -1 : 1)));
