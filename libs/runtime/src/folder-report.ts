import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface FileReport {
  readonly name: string;
  readonly bytes: number;
}

/** What lies in the folder of a ledger. */
export interface FolderReport {
  readonly files: readonly FileReport[];
  /** Who holds it, as its lock says. */
  readonly holder: { readonly pid?: number; readonly url?: string };
  /** What nothing needs any more. */
  readonly leftovers: readonly FileReport[];
  /** What is none of ours. */
  readonly foreign: readonly FileReport[];
}

/** Files of a ledger, and what may be beside them while it is open. */
const OURS =
  /^((events|views|log)\.sqlite(-wal|-shm|-journal)?|lock\.(json|sqlite)(-journal)?|lock\.json\.new|captures|key|checkpoint|moved\.json)$/;
/** What an interrupted start, or a file that was set aside, leaves. */
const LEFT = /^(events\.sqlite\.new|checkpoint\.new|moved\.json\.new|views\.sqlite\.(set-aside|damaged))/;

export async function folderReport(folder: string): Promise<FolderReport> {
  const names = (await readdir(folder)).sort();
  const reports = await Promise.all(names.map(async name => ({ name, bytes: await bytesOf(join(folder, name)) })));
  return {
    files: reports.filter(({ name }) => OURS.test(name) && !name.startsWith('lock.')),
    holder: await holderIn(folder),
    leftovers: reports.filter(({ name }) => LEFT.test(name)),
    foreign: reports.filter(({ name }) => !OURS.test(name) && !LEFT.test(name)),
  };
}

async function bytesOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  const inside = await readdir(path);
  const sizes = await Promise.all(inside.map(name => bytesOf(join(path, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

async function holderIn(folder: string): Promise<FolderReport['holder']> {
  try {
    return JSON.parse(await readFile(join(folder, 'lock.json'), 'utf8')) as FolderReport['holder'];
  } catch {
    return {};
  }
}
