import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import type { LedgerEvent } from '@credence/contracts';
import { check, Closed, Id, isLedgerError, LedgerError, Sha256Hex } from '@credence/contracts';
import { each, present, rootOfFirst } from '@credence/kernel';
import type { EventStore } from '@credence/kernel';
import { opened } from './opened.js';
import { verifyLog } from './operations.js';
import type { Progress } from './operations.js';
import { primitives } from './primitives.js';
import { folderOf } from './stores.js';

/** What a backup says of itself, in `backup.json`. */
const Manifest = Closed({
  format: Type.Literal(1),
  ledger: Id,
  madeAt: Type.String(),
  /** Events, and the root of the Merkle tree over them. */
  size: Type.Integer({ minimum: 1 }),
  root: Sha256Hex,
  /** SHA-256 of captures that events name and that were not there when the backup was made. */
  missing: Type.Array(Sha256Hex),
  /** Every file but the manifest, by its path in the backup. */
  files: Type.Array(
    Closed({
      name: Type.String({ pattern: '^(captures/)?([A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$' }),
      bytes: Type.Integer({ minimum: 0 }),
      sha256: Sha256Hex,
    }),
  ),
});
type Manifest = Static<typeof Manifest>;
type FileOf = Manifest['files'][number];

/** What a backup holds. */
export interface BackupAnswer {
  readonly folder: string;
  readonly ledger: string;
  readonly size: number;
  readonly root: string;
  readonly captures: number;
  readonly bytes: number;
  /** SHA-256 of captures that events name and that were missing when the backup was made. */
  readonly missing: readonly string[];
}

const MANIFEST = 'backup.json';
const EVENTS = 'events.sqlite';

/**
 * Makes a backup of the ledger in a folder, also while a server holds it: events as they are at one moment, then every
 * capture that these events name, and whatever else belongs to the ledger but can not be rebuilt. The copy is verified
 * before the backup stands under its name.
 *
 * @param url - `sqlite:<folder>`
 * @throws invalid-parameter - the ledger is in no folder of this machine
 * @throws already-exists - something stands there
 * @throws store-unavailable - there is no such ledger, it is damaged, or the medium refused
 */
export async function backup(url: string, target: string, progress: Progress = () => undefined): Promise<BackupAnswer> {
  const { copyEvents } = await import('../../event-store-sqlite/src/index.js');
  const source = sqliteFolder(url, 'backed up');
  return inPlace(target, 'incomplete', async draft => {
    await copyEvents(source, draft, (done, total) => {
      progress('pages of the database copied', done, total);
    });
    const missing: string[] = [];
    const { ledger, size, root } = await examined(draft, source, progress, async sha256 => {
      const [from, to] = [source, draft].map(of => join(of, 'captures', sha256.slice(0, 2), sha256)) as [
        string,
        string,
      ];
      if (existsSync(from)) await copied(from, to);
      else missing.push(sha256);
    });
    for (const name of await others(source)) await copied(join(source, name), join(draft, name));
    const files = await filesIn(draft);
    const manifest: Manifest = { format: 1, ledger, madeAt: new Date().toISOString(), size, root, missing, files };
    await writeFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    await synced(join(draft, MANIFEST));
    return answerOf(target, manifest);
  });
}

/**
 * Makes a ledger's folder from a backup. Every file is compared with the manifest, the log verified, and its size and
 * root compared, before the folder stands under its name; read models are built when it is first opened.
 *
 * @throws already-exists - something stands there
 * @throws not-found - there is no backup
 * @throws backup-damaged - the first thing that is not what the manifest says
 */
export async function restore(from: string, url: string, progress: Progress = () => undefined): Promise<BackupAnswer> {
  const target = sqliteFolder(url, 'restored');
  const manifest = await manifestIn(from);
  return inPlace(target, 'restoring', async draft => {
    for (const [i, file] of manifest.files.entries()) {
      progress('files copied', i + 1, manifest.files.length);
      await restored(file, from, draft);
    }
    const wrong = (detail: string) => new LedgerError('backup-damaged', `${from}: ${detail}`);
    const found = await examined(draft, from, progress, async sha256 => {
      if (!manifest.missing.includes(sha256) && !existsSync(join(draft, 'captures', sha256.slice(0, 2), sha256)))
        throw wrong(`an event names capture ${sha256}, and it is not there`);
    }).catch((error: unknown) => {
      throw isLedgerError(error, 'store-unavailable') ? wrong(error.message) : error;
    });
    for (const member of ['ledger', 'size', 'root'] as const)
      if (found[member] !== manifest[member])
        throw wrong(
          `the log's ${member} is ${String(found[member])}, and the manifest says ${String(manifest[member])}`,
        );
    return answerOf(target, manifest);
  });
}

function sqliteFolder(url: string, what: string): string {
  if (url.startsWith('sqlite:')) return folderOf(url);
  throw new LedgerError(
    'invalid-parameter',
    `${url} is no folder of this machine: a ledger is ${what} where its folder is, with --ledger sqlite:<folder>`,
  );
}

/** Work on a folder beside the target, which gets its name when the work is done; else nothing is left of it. */
async function inPlace<T>(target: string, state: string, work: (draft: string) => Promise<T>): Promise<T> {
  const place = resolve(target);
  const taken = () => new LedgerError('already-exists', `${place} is there already; nothing is written over`);
  if (existsSync(place)) throw taken();
  const draft = `${place}.${state}-${String(process.pid)}`;
  try {
    await mkdir(draft, { recursive: true });
    const result = await work(draft);
    if (existsSync(place)) throw taken();
    await rename(draft, place);
    await synced(dirname(place));
    return result;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw refusedByDisk(error) ? new LedgerError('store-unavailable', (error as Error).message) : error;
  }
}

const refusedByDisk = (error: unknown) => /^E[A-Z]+$/.test(String((error as { code?: unknown } | null)?.code));

/**
 * Verifies the copied events, and tells of every capture that they name, each once.
 *
 * @throws store-unavailable - the log is not what was recorded
 */
async function examined(
  folder: string,
  of: string,
  progress: Progress,
  onCapture: (sha256: string) => Promise<void>,
): Promise<Pick<Manifest, 'ledger' | 'size' | 'root'>> {
  const { openSqliteEventStore } = await import('../../event-store-sqlite/src/index.js');
  const store = await openSqliteEventStore({ folder, clock: Date.now, sha256: primitives.sha256 });
  try {
    const { ok, damage } = await verifyLog(store, progress);
    if (!ok)
      throw new LedgerError(
        'store-unavailable',
        `${of}: event ${String(damage?.seq)} is not what was recorded: ${damage?.detail ?? ''}`,
      );
    for (const sha256 of await capturesNamed(store)) await onCapture(sha256);
    const { size } = store.log.head();
    const { ledger } = (await opened(store)) ?? { ledger: '' };
    return { ledger, size, root: rootOfFirst(store.log, size, primitives.sha256) };
  } finally {
    await store.close();
    for (const name of ['lock.sqlite', 'lock.json']) await rm(join(folder, name), { force: true });
  }
}

/** SHA-256 of every capture that an event names. */
export async function capturesNamed(store: EventStore): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for await (const event of each(store.readAll(null)))
    if (event.type === 'CaptureTaken' && event.data !== null) {
      const { sha256, text } = (present(event) as LedgerEvent<'CaptureTaken'>).data;
      for (const file of [sha256, text?.sha256, text?.pages]) if (file !== undefined) named.add(file);
    }
  return named;
}

/** What lies in a ledger's folder besides events and captures, and cannot be rebuilt; extracted texts are among the captures. */
async function others(folder: string): Promise<string[]> {
  // A checkpoint that was signed after the events were copied would be beyond them.
  const rebuilt = /^(events\.sqlite|views\.sqlite|lock\.|checkpoint)/;
  const names = (await readdir(folder)).filter(name => !rebuilt.test(name) && name !== 'captures');
  const files = await Promise.all(names.map(async name => ((await stat(join(folder, name))).isFile() ? [name] : [])));
  return files.flat();
}

async function copied(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await synced(to);
}

async function filesIn(folder: string): Promise<FileOf[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const names = paths.map(path => path.slice(folder.length + 1).replaceAll('\\', '/'));
  const files: FileOf[] = [];
  for (const name of names.sort()) files.push({ name, ...(await measured(join(folder, name))) });
  for (const { name, sha256 } of files)
    if (name.startsWith('captures/') && !name.endsWith(`/${sha256}`))
      throw new LedgerError('store-unavailable', `${name} is damaged: the SHA-256 of its bytes is ${sha256}`);
  return files;
}

async function measured(path: string): Promise<Pick<FileOf, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function restored({ name, bytes, sha256 }: FileOf, from: string, draft: string): Promise<void> {
  const wrong = (detail: string) => new LedgerError('backup-damaged', `${join(from, name)} ${detail}`);
  if (!existsSync(join(from, name))) throw wrong('is missing');
  await copied(join(from, name), join(draft, name));
  const found = await measured(join(draft, name));
  if (found.bytes !== bytes) throw wrong(`has ${String(found.bytes)} bytes, and the manifest says ${String(bytes)}`);
  if (found.sha256 !== sha256) throw wrong(`is damaged: the SHA-256 of its bytes is ${found.sha256}, wanted ${sha256}`);
}

async function manifestIn(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new LedgerError('not-found', `there is no backup in ${resolve(folder)}: no ${MANIFEST}`);
  const wrong = (detail: string) => new LedgerError('backup-damaged', `${file}: ${detail}`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw wrong('is no JSON');
  }
  const [first] = check(Manifest, manifest);
  if (first !== undefined) throw wrong(`${first.pointer}: ${first.detail}`);
  if (!(manifest as Manifest).files.some(({ name }) => name === EVENTS)) throw wrong(`/files: ${EVENTS} is not in it`);
  return manifest as Manifest;
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const answerOf = (folder: string, { ledger, size, root, files, missing }: Manifest): BackupAnswer => ({
  folder: resolve(folder),
  ledger,
  size,
  root,
  captures: files.filter(({ name }) => name.startsWith('captures/')).length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  missing,
});
