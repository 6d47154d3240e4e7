import { isLedgerError, isRefusal, PROBLEMS, refuse, SECTIONS, shown } from '@credence/contracts';
import type { ProblemItem, Refusal } from '@credence/contracts';
import type { Receipt } from '@credence/kernel';
import type { ImportPort, LastImport, Performed, Planned } from '../import-port.js';
import { applying, prepared, recording, withIds } from './bodies.js';
import type { Prepared } from './bodies.js';
import { editOf } from './edits.js';
import type { Findings } from './entries.js';
import { homeOf } from './names.js';
import type { Names } from './names.js';
import { inOrder } from './order.js';
import { pathOf } from './pointer.js';
import type { Path } from './pointer.js';
import { restsOnRejected } from './rest.js';
import type { Surveyed } from './survey.js';
import { inWindow } from './window.js';

/** What recording needs to know, and what it finds out. */
export interface Run {
  readonly dossier: string;
  readonly port: ImportPort;
  readonly names: Names;
  /** Of an entry, the entries of this file that it names. */
  readonly under: ReadonlyMap<string, readonly Surveyed[]>;
  /** For edits, and for entries that need a reason and give none. */
  readonly reason: string | undefined;
  readonly rejected: Set<string>;
  readonly findings: Findings;
  readonly warnings: Findings;
  readonly collided: { entry: string; detail: string }[];
  readonly plan: Planned[];
  readonly counts: { new: number; unchanged: number; corrected: number };
  progress(): void;
}

const CLOSES_RING = 'relays that form a ring: the last is added when all are recorded';
const RESUMED = 'goes on with an import that was cut off';

/**
 * Records entries, section by section; within one, streams go side by side, and each in order. Changes are applied one
 * after the other, in file order. What the ledger refuses is rejected, and what rests on it.
 *
 * @throws what the port throws of an outage
 */
export async function recordAll(items: readonly Surveyed[], run: Run): Promise<void> {
  for (const section of SECTIONS) {
    const here = items.filter(({ entry }) => entry.section === section);
    if (section === 'changes') for (const item of here) await recordOne(item, run);
    else await recordSection(here, run);
  }
}

async function recordSection(items: readonly Surveyed[], run: Run): Promise<void> {
  const inItems = new Set(items);
  const under = (item: Surveyed) =>
    (run.under.get(item.name) ?? []).filter(i => i.last === undefined && inItems.has(i));
  const { list, closing } = inOrder(items, under);
  const rings = new Map<string, LastImport>();
  const stream = async (inStream: readonly Surveyed[]) => {
    for (const item of inStream) {
      const open = closing.get(item.name);
      if (open === undefined) await recordOne(item, run);
      else await openRing(item, open, rings, run);
    }
    // All assertions of a ring are in one stream, their claim's.
    for (const item of inStream) await closeRing(item, rings.get(item.name), run);
  };
  const assertions = items[0]?.entry.section === 'assertions';
  for (const wave of assertions ? [list] : waves(list, under)) await inWindow(byStream(wave, run.names), stream);
}

/** Entries that name none of the others, then those that name them, and so on: they are in different streams. */
function waves(list: readonly Surveyed[], under: (item: Surveyed) => readonly Surveyed[]): Surveyed[][] {
  const depths = new Map<Surveyed, number>();
  const all: Surveyed[][] = [];
  for (const item of list) {
    const depth = under(item).reduce((most, other) => Math.max(most, (depths.get(other) ?? -1) + 1), 0);
    depths.set(item, depth);
    (all[depth] ??= []).push(item);
  }
  return all;
}

function byStream(items: readonly Surveyed[], names: Names): Surveyed[][] {
  const streams = new Map<string, Surveyed[]>();
  for (const item of items) {
    const home = homeOf(item.entry);
    const stream = home === undefined ? item.name : names.found(home.section, home.reference).stream;
    const list = streams.get(stream);
    if (list === undefined) streams.set(stream, [item]);
    else list.push(item);
  }
  return [...streams.values()];
}

async function recordOne(item: Surveyed, run: Run): Promise<void> {
  if (!restsOnSomething(item, run)) {
    if (item.last === undefined) await recordNew(item, run);
    else await recordEdit(item, item.last, item.state === 'begun' ? (run.reason ?? RESUMED) : run.reason, run);
  }
  run.progress();
}

/** Whether something that the entry names was rejected since the check; then the entry is, too. */
function restsOnSomething(item: Surveyed, { under, rejected, findings }: Run): boolean {
  const on = (under.get(item.name) ?? []).find(({ name }) => rejected.has(name));
  if (on === undefined) return false;
  rejected.add(item.name);
  restsOnRejected(item, on.name, findings);
  return true;
}

async function recordNew(item: Surveyed, run: Run): Promise<void> {
  const { section, key } = item.entry;
  const id = run.port.entryId(run.dossier, section, key);
  const command =
    section === 'changes'
      ? await applying(item, id, run.names, run.port, run.reason)
      : recording(item, id, run.names, run.reason);
  if (isRefusal(command)) return reject(item, command, run);
  if (needsReason(command)) return reject(item, NO_REASON, run);
  const written = await carryOut(item, [command], run);
  if (written === undefined) return;
  run.counts[written === 0 ? 'unchanged' : 'new']++;
}

async function recordEdit(item: Surveyed, last: LastImport, reason: string | undefined, run: Run): Promise<void> {
  const { dossier, names, port } = run;
  const edit = await editOf(item, last, { dossier, names, port, reason });
  if (isRefusal(edit)) return reject(item, edit, run);
  if (edit.impossible !== undefined)
    return reject(item, { ...refuse('invalid-body', ''), errors: [edit.impossible] }, run);
  if (edit.warning !== undefined) run.warnings.add(item.entry.place(pathOf(edit.warning.pointer)), edit.warning);
  if (edit.collided.length > 0) {
    const fields = edit.collided.join(', ');
    run.collided.push({
      entry: item.name,
      detail: `${fields}: changed in the file, and elsewhere than in this dossier since; not applied`,
    });
    return;
  }
  if (edit.commands.some(needsReason)) return reject(item, EDIT_WITHOUT_REASON, run);
  const written = await carryOut(item, edit.commands, run);
  if (written === undefined) return;
  run.counts[written === 0 ? 'unchanged' : 'corrected']++;
}

const NEED_NO_REASON = new Set(['RegisterSource', 'TakeCapture', 'RecordClaim', 'RecordAssertion']);
const needsReason = ({ command, words }: Prepared) => words['reason'] === undefined && !NEED_NO_REASON.has(command);

const NO_REASON = refuse('invalid-body', 'a reason is missing', [
  { pointer: '/reason', code: 'required', detail: 'reason is missing: give one here, or `reason:` for the dossier' },
]);
const EDIT_WITHOUT_REASON = refuse('invalid-body', 'a reason is missing', [
  {
    pointer: '',
    code: 'reason-required',
    detail: 'was changed since it was imported: say why, by `reason:` in the dossier or --reason',
  },
]);

/** Records the assertion without the relays that its ring has yet to record. */
async function openRing(
  item: Surveyed,
  open: ReadonlySet<string>,
  rings: Map<string, LastImport>,
  run: Run,
): Promise<void> {
  if (item.entry.section !== 'assertions')
    return reject(
      item,
      refuse('invalid-body', `${item.name} and ${[...open].join(', ')} name each other in a ring`),
      run,
    );
  if (item.last !== undefined || restsOnSomething(item, run)) return recordOne(item, run);
  const { fields, key, section } = item.entry;
  const relays = (fields['relays'] as readonly { readonly assertion: string }[]).filter(
    ({ assertion }) => !open.has(`assertions/${assertion}`),
  );
  const opened: Surveyed = {
    ...item,
    entry: { ...item.entry, fields: { ...fields, relays } },
    contentHash: item.stepHash(),
  };
  const id = run.port.entryId(run.dossier, section, key);
  const command = recording(opened, id, run.names, run.reason);
  let event = '';
  const written = await carryOut(opened, [command], run, receipt => (event = receipt.events[0]?.id ?? event));
  if (written === undefined) return;
  run.counts.new++;
  rings.set(item.name, { id, stream: command.stream, contentHash: opened.contentHash, event });
}

async function closeRing(item: Surveyed, last: LastImport | undefined, run: Run): Promise<void> {
  if (last === undefined || restsOnSomething(item, run)) return;
  const { relays } = withIds(item.entry, run.names);
  const correction = prepared(
    'CorrectAssertion',
    { stream: last.stream, target: last.id },
    { set: { relays }, reason: CLOSES_RING },
  );
  await carryOut({ ...item, last }, [correction], run);
  run.progress();
}

/** Carries out the commands of one entry in order. @returns how many events were written, undefined if one was refused */
async function carryOut(
  item: Surveyed,
  commands: readonly Prepared[],
  run: Run,
  seen: (receipt: Receipt) => void = () => undefined,
): Promise<number | undefined> {
  const { section, key } = item.entry;
  let lastEvent = item.last?.event ?? '';
  let written = 0;
  for (const [i, command] of commands.entries()) {
    const contentHash = i < commands.length - 1 ? item.stepHash() : item.contentHash;
    const entry = { dossier: run.dossier, section, key, contentHash, lastEvent };
    const receipt = await performed(run.port, { ...command, entry });
    if (isRefusal(receipt)) {
      reject(item, receipt, run);
      return undefined;
    }
    seen(receipt);
    const [event] = receipt.events;
    if (event === undefined) continue;
    written++;
    lastEvent = event.id;
    const { passageState } = receipt;
    run.plan.push({
      entry: item.name,
      command: command.command,
      ...(passageState === undefined ? {} : { passageState }),
    });
  }
  return written;
}

/** Conflicts and events that are too large concern their entry alone; only an outage ends the import. */
async function performed(
  port: ImportPort,
  command: Parameters<ImportPort['perform']>[0],
): Promise<Performed | Refusal> {
  try {
    return await port.perform(command);
  } catch (error) {
    if (isLedgerError(error) && PROBLEMS[error.code] < 500) return refuse(error.code, error.message, error.errors);
    throw error;
  }
}

function reject(item: Surveyed, refusal: Refusal, { rejected, findings }: Run): void {
  rejected.add(item.name);
  const errors: readonly ProblemItem[] =
    refusal.errors.length > 0 ? refusal.errors : [{ pointer: '', code: refusal.refused, detail: refusal.detail }];
  for (const { pointer, code, detail } of errors) {
    const path = pathInEntry(pathOf(pointer), item);
    const found = path.length === 0 ? undefined : valueAt(item.entry.fields, path);
    findings.add(item.entry.place(path), {
      code: code === 'invalid-body' ? refusal.refused : code,
      detail: path.length === 0 ? `${item.entry.key}: ${detail}` : detail,
      ...(path.length === 0 ? {} : { found: shown(found) }),
    });
  }
}

/** A pointer into a command's body as a path in the entry that it was made of. */
function pathInEntry(path: Path, { entry }: Surveyed): Path {
  const [first, ...rest] = path;
  if (first === 'data' || first === 'words') return pathInEntry(rest, { entry } as Surveyed);
  if (first === 'set' && entry.section !== 'changes') return rest;
  if (first === 'successor') return ['from'];
  if (first === 'retraction') return ['target'];
  if (first === 'grade' && entry.section === 'changes') return ['set', 'grade'];
  return path;
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const member of path) at = (at as Record<string, unknown> | undefined)?.[member];
  return at;
}
