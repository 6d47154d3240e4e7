import { isLedgerError, LedgerError } from '@credence/contracts';
import type { ImportAnswer, ImportPort, Planned } from '../import-port.js';
import { unreadableDates } from './dates.js';
import { isDossier, readDossier } from './dossier.js';
import { Findings, nameOf } from './entries.js';
import { Names } from './names.js';
import { recordAll } from './record.js';
import { foundations } from './rest.js';
import { survey } from './survey.js';
import type { ReadFile } from './survey.js';

export interface DossierRequest {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Bytes of a file that the dossier names, by its path from the dossier; undefined if there is none. */
  readonly readFile: ReadFile;
  /** Why entries were edited; goes before the dossier's own `reason`. */
  readonly reason?: string;
  /** The answer also lists what would be written. The port must be one that writes nothing (`rehearsalStore`). */
  readonly dryRun?: boolean;
  onProgress?(done: number, total: number): void;
}

/**
 * Imports a dossier (WIRE.md, "Dossier"), entry by entry: what is wrong is reported with its place, and the rest is
 * recorded. Importing the same file again writes nothing; an edited entry is compared with what was last imported for it.
 *
 * @throws store-unavailable and other outages, saying how far it came: every entry is a command with an id of its own,
 *   so importing again goes on from there
 */
export async function importDossier(request: DossierRequest, port: ImportPort): Promise<ImportAnswer> {
  const { file, bytes, readFile, dryRun } = request;
  const read = await readDossier(file, bytes);
  const counts = { new: 0, unchanged: 0, corrected: 0 };
  if (!isDossier(read))
    return { dossier: null, ...counts, rejected: read.problems, warnings: [], collided: [], gone: [] };
  const { head, entries } = read;
  const findings = new Findings(file);
  findings.list.push(...read.problems);
  const warnings = new Findings(file);
  warnings.list.push(...read.warnings);
  for (const entry of entries.values()) unreadableDates(entry, warnings);

  const surveyed = await survey(read, port, readFile, findings);
  const rejected = new Set(read.rejected);
  for (const name of entries.keys()) if (!surveyed.has(name)) rejected.add(name);
  const names = new Names(head.id, surveyed, port);
  const under = await foundations(surveyed, rejected, names, findings);

  const all = [...surveyed.values()];
  counts.unchanged = all.filter(({ state }) => state === 'unchanged').length;
  const items = all.filter(({ name, state }) => state !== 'unchanged' && !rejected.has(name));
  const collided: { entry: string; detail: string }[] = [];
  const plan: Planned[] = [];
  const total = all.length;
  let done = total - items.length;
  const progress = () => request.onProgress?.(Math.min(++done, total), total);
  const reason = request.reason ?? head.reason;
  try {
    await recordAll(items, {
      dossier: head.id,
      port,
      names,
      under,
      reason,
      rejected,
      findings,
      warnings,
      collided,
      plan,
      counts,
      progress,
    });
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    throw new LedgerError(
      error.code,
      `${error.message}; ${String(done)} of ${String(total)} entries of ${head.id} are done, import it again to go on`,
      error.errors,
    );
  }
  const inFile = new Set([...entries.keys(), ...read.rejected]);
  const gone = (await port.entriesOf(head.id)).map(nameOf).filter(name => !inFile.has(name));
  return {
    dossier: head.id,
    ...counts,
    rejected: distinct(findings),
    warnings: distinct(warnings),
    collided,
    gone: gone.sort(),
    ...(dryRun === true ? { plan } : {}),
  };
}

/** A place that two checks complain of in the same way is told once. */
function distinct({ list }: Findings): Findings['list'] {
  const seen = new Set<string>();
  return list.filter(({ pointer, line, code }) => {
    const place = `${code} ${String(line)} ${pointer}`;
    return !seen.has(place) && seen.add(place);
  });
}
