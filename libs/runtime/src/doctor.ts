import { isLedgerError } from '@credence/contracts';
import type { LedgerError } from '@credence/contracts';
import { MAX_CLOCK_SKEW_MS } from '@credence/kernel';
import type { CaptureStore, Clock, Projection } from '@credence/kernel';
import { instantText } from '@credence/time';
import { clockSteps } from './clock-steps.js';
import type { Finding } from './finding.js';
import type { FolderReport } from './folder-report.js';
import { stoppedText, verifyLog } from './operations.js';
import type { Progress } from './operations.js';
import type { SignedLog } from './signed-log.js';
import type { Media } from './stores.js';
import { ORIGIN } from './views-origin.js';

export interface DoctorAnswer {
  /** Nothing is wrong. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

export interface Examined {
  readonly media: Media;
  readonly clock: Clock;
  readonly views: readonly Projection[];
  /** SHA-256 of every capture that an event names, and a source whose it is. @throws view-behind */
  captures(): Iterable<readonly [sha256: string, source: string]>;
  readonly signed: Pick<SignedLog, 'newest' | 'passedOver'>;
  /** Why the log is not the one that was signed. */
  readonly forged: LedgerError | undefined;
}

/** Events at the end of the log that are looked at each time. */
const RECENT = 1000;

/** Looks at everything that a ledger rests on; `deep`: reads every event and every capture too. */
export async function doctor(ledger: Examined, deep: boolean, progress: Progress): Promise<DoctorAnswer> {
  const { media, clock, views } = ledger;
  const folder = await media.inspect?.();
  const findings = [
    storeFinding(ledger, folder),
    ...(folder === undefined ? [] : walFindings(folder)),
    clockFinding(clock(), media.events.log.head().effectiveAt),
    ...[await clockSteps(media.events, deep ? undefined : RECENT)].filter(found => found !== undefined),
    ...views.map(view => viewFinding(view, media.events.log.head().size - 1)),
    ...oldGenerations(ledger),
    ...(await captureFindings(ledger, deep, progress)),
    ...(deep ? await logFindings(media, progress) : []),
    ...checkpointFindings(ledger),
    ...leftoverFindings(folder),
    ...((await media.findings?.()) ?? []),
  ];
  return { ok: findings.every(({ state }) => state !== 'wrong'), findings };
}

const well = (check: Finding['check'], detail: string): Finding => ({ check, state: 'well', detail });
const wrong = (check: Finding['check'], detail: string, remedy: string): Finding => ({
  check,
  state: 'wrong',
  detail,
  remedy,
});
const note = (check: Finding['check'], detail: string, remedy: string): Finding => ({
  check,
  state: 'note',
  detail,
  remedy,
});

function storeFinding({ media }: Examined, folder: FolderReport | undefined): Finding {
  const { size } = media.events.log.head();
  const events = `${String(size)} events`;
  if (folder === undefined) return well('store', `${media.url} holds ${events}`);
  const files = folder.files.map(({ name, bytes }) => `${name} ${sizeText(bytes)}`).join(', ');
  // A holder that serves nothing is whoever asks.
  const { pid, url } = folder.holder;
  const holder = pid === undefined || url === undefined ? '' : `; held by process ${String(pid)} at ${url}`;
  return well('store', `${media.url} holds ${events}: ${files}${holder}`);
}

/** Of a ledger that nobody signs there is nothing to say. */
function checkpointFindings({ signed: { newest, passedOver }, forged }: Examined): Finding[] {
  const found: Finding[] = [];
  if (newest !== undefined)
    found.push(
      well(
        'checkpoints',
        `${newest.key.name}+${newest.key.id} signed the first ${String(newest.checkpoint.size)} events`,
      ),
    );
  if (forged !== undefined)
    found.push(
      wrong('checkpoints', forged.message, 'put back the history that was signed: docs/how-to/checkpoints.md'),
    );
  for (const why of new Set(passedOver))
    found.push(
      wrong(
        'checkpoints',
        `a note among the checkpoints says nothing here: ${why}`,
        'find out who wrote it: docs/how-to/checkpoints.md',
      ),
    );
  return found;
}

const LARGE_WAL_BYTES = 256 * 1024 * 1024;

const walFindings = ({ files }: FolderReport): Finding[] =>
  files
    .filter(({ name, bytes }) => name.endsWith('-wal') && bytes > LARGE_WAL_BYTES)
    .map(({ name, bytes }) =>
      note(
        'store',
        `${name} has grown to ${sizeText(bytes)}`,
        'a long read such as a backup keeps it; it shrinks after that, and when the ledger is closed',
      ),
    );

function clockFinding(nowMs: number, effectiveAt: number): Finding {
  const behind = effectiveAt - nowMs;
  if (behind > MAX_CLOCK_SKEW_MS)
    return wrong(
      'clock',
      `the clock says ${instantText(nowMs)}, and the last event was recorded at ${instantText(effectiveAt)}: writes are refused`,
      'set the clock of this machine; if the event is from a clock that was ahead, writes go on once that time has come',
    );
  if (behind > 0)
    return note(
      'clock',
      `the clock stepped back: it says ${instantText(nowMs)}, ${String(behind)} ms before the last event was recorded`,
      'writes go on, under the time of the last event until the clock has passed it; see that the machine keeps its time',
    );
  return well('clock', `${instantText(nowMs)}, not behind the last event`);
}

function viewFinding({ view, seq, stopped }: Projection, head: number): Finding {
  const name = `${view.name} (version ${String(view.version)})`;
  if (stopped?.outdated === true) return note('views', `${name}: ${stopped.error}`, 'wait; it says so when it is done');
  if (stopped !== undefined)
    return wrong(
      'views',
      `${name} stopped at ${stoppedText(stopped)}`,
      `use a release that can read the event; or credence set-aside ${String(stopped.seq)} --reason … --authority …`,
    );
  if (seq < head)
    return note('views', `${name} is at event ${String(seq)} of ${String(head)}`, 'wait; it follows by itself');
  return well('views', `${name} is at event ${String(seq)}`);
}

function oldGenerations({ media, views }: Examined): Finding[] {
  const current = new Map(views.map(({ view }) => [view.name, view.version]));
  return media.views
    .list()
    .filter(({ name, version }) => name !== ORIGIN.name && current.get(name) !== version)
    .map(({ name, version }) =>
      note(
        'leftovers',
        `view ${name}, version ${String(version)}, is of another release`,
        'it is dropped once all views are built',
      ),
    );
}

async function captureFindings(ledger: Examined, deep: boolean, progress: Progress): Promise<Finding[]> {
  const found: Finding[] = [];
  let count = 0;
  try {
    for (const [sha256, source] of ledger.captures()) {
      count++;
      progress('captures', count, count);
      const finding = await captureFinding(sha256, source, ledger.media.captures, deep);
      if (finding !== undefined) found.push(finding);
    }
  } catch (error) {
    if (!isLedgerError(error, 'view-behind')) throw error;
    return [note('captures', `not looked for: ${error.message}`, 'get the view going, then ask again')];
  }
  if (found.length > 0) return found;
  return [well('captures', `${String(count)} are there${deep ? ', and are what their names say' : ''}`)];
}

async function captureFinding(sha256: string, source: string, captures: CaptureStore, deep: boolean) {
  if (!(await captures.has(sha256)))
    return wrong(
      'captures',
      `capture ${sha256} of source ${source} is missing`,
      'put the file back from a backup, or take the same bytes again: credence capture',
    );
  if (!deep) return undefined;
  try {
    for await (const chunk of (await captures.get(sha256)) ?? []) if (chunk.length === 0) break;
    return undefined;
  } catch (error) {
    if (!isLedgerError(error, 'store-unavailable')) throw error;
    return wrong(
      'captures',
      `capture ${sha256} of source ${source}: ${error.message}`,
      'put the file back from a backup, or take the same bytes again: credence capture',
    );
  }
}

async function logFindings({ events }: Media, progress: Progress): Promise<Finding[]> {
  const { ok, size, root, damage } = await verifyLog(events, progress);
  if (!ok)
    return [
      wrong(
        'log',
        `event ${String(damage?.seq)} is not what was recorded: ${damage?.detail ?? ''}`,
        'keep the folder as it is, and restore the last backup beside it: credence restore',
      ),
    ];
  return [well('log', `${String(size)} events are what was recorded; root ${root}`)];
}

function leftoverFindings(folder: FolderReport | undefined): Finding[] {
  if (folder === undefined) return [];
  const found = [
    ...folder.leftovers.map(({ name, bytes }) =>
      note('leftovers', `${name} (${sizeText(bytes)}) is no part of the ledger`, 'it may be deleted'),
    ),
    ...folder.foreign.map(({ name, bytes }) =>
      note(
        'leftovers',
        `${name} (${sizeText(bytes)}) was not put there by this release`,
        'keep it elsewhere: no backup takes it along',
      ),
    ),
  ];
  return found.length === 0 ? [well('leftovers', 'none')] : found;
}

export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] ?? ''}`;
}
