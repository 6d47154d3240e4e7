import { commandNamed, equal, noClaim, noSource, sourceEvolution } from '@credence/claims';
import type { LookUps } from '@credence/claims';
import { isRefusal } from '@credence/contracts';
import type { LedgerEvent, ProblemItem, Refusal } from '@credence/contracts';
import { fold, isFact } from '@credence/kernel';
import type { ImportPort, LastImport } from '../import-port.js';
import { prepared, recording } from './bodies.js';
import type { Prepared } from './bodies.js';
import { fieldsOf, importedOf, without } from './imported.js';
import type { Fields, Imported } from './imported.js';
import type { Names } from './names.js';
import type { Surveyed } from './survey.js';

/** What an edited entry comes to (WIRE.md, "Dossier", re-import). */
export interface Edit {
  /** In order; what bears the content's hash is the last. */
  readonly commands: readonly Prepared[];
  /** Fields that both the file and somebody else changed; then nothing is applied. */
  readonly collided: readonly string[];
  /** The entry cannot be changed like this. */
  readonly impossible?: ProblemItem;
  readonly warning?: ProblemItem;
}

interface Context {
  readonly dossier: string;
  readonly names: Names;
  readonly port: ImportPort;
  /** Of the edit; undefined where nobody gave one. */
  readonly reason: string | undefined;
}

const NO_EDIT: Edit = { commands: [], collided: [] };
const NEW_KEY: ProblemItem = {
  pointer: '',
  code: 'cannot-change',
  detail: 'was changed since it was imported, and cannot be: give the new one a new key',
};

/** Compares an entry with what was last imported for it. */
export async function editOf(item: Surveyed, last: LastImport, context: Context): Promise<Edit | Refusal> {
  const { section } = item.entry;
  if (section === 'captures' || section === 'changes') return { ...NO_EDIT, impossible: NEW_KEY };
  const { names, port, dossier, reason } = context;
  const events = await port.events(last.stream);
  const before = importedOf(events, { dossier, section, key: item.entry.key }, last.id);
  const record = recording(item, last.id, names, reason);
  if (section === 'links' || section === 'derivations' || section === 'decisions')
    return recordedAnew(record, before, last, reason);
  if (before.fields === undefined) return { ...NO_EDIT, collided: ['(what was imported can no longer be read)'] };
  if (section === 'assertions' && record.stream !== last.stream)
    return { ...NO_EDIT, impossible: { ...NEW_KEY, pointer: '/claim', detail: `its claim ${NEW_KEY.detail}` } };
  if (!before.stands) return { ...NO_EDIT, collided: ['(dissolved)'] };
  const wanted = await asRecorded(record, before, port);
  if (isRefusal(wanted)) return wanted;
  switch (section) {
    case 'sources':
      return editOfSource(item, record, before, before.fields, wanted, reason);
    case 'units':
      return editOfUnit(record, before, before.fields, reason);
    case 'claims': {
      const { set, collided } = differences(before, before.fields, wanted);
      return { collided, commands: corrections('CorrectClaim', record.stream, last.id, set, reason) };
    }
    case 'assertions': {
      if (before.fields['source'] !== wanted['source'])
        return { ...NO_EDIT, impossible: { ...NEW_KEY, pointer: '/source', detail: `its source ${NEW_KEY.detail}` } };
      const { set, collided } = differences(before, before.fields, wanted);
      return { collided, commands: corrections('CorrectAssertion', record.stream, last.id, set, reason) };
    }
  }
}

/** The record as the ledger would make it of the entry as it is now: with the defaults of the day on which it was recorded. */
async function asRecorded(
  { command, ...record }: Prepared,
  before: Imported,
  port: ImportPort,
): Promise<Fields | Refusal> {
  if (command === 'DeclareUnit') return {};
  const { relays, ...data } = record.data;
  const source = typeof data['source'] === 'string' ? await port.events(`source-${data['source']}`) : [];
  const then = fold(
    sourceEvolution,
    source.filter((event: LedgerEvent) => event.seq < before.since),
  );
  const lookUps: LookUps = { source: () => then, claim: () => noClaim };
  const state = command === 'RegisterSource' ? noSource : { ...noClaim, exists: command === 'RecordAssertion' };
  const made = record.made ?? record.target;
  const words = { ...record.words };
  const inWords = words['relays'];
  delete words['relays'];
  const decided = { data, words, target: record.target, made };
  const decision = commandNamed(command)?.decide(decided as never, state as never, lookUps);
  if (isRefusal(decision)) return decision;
  if (decision === undefined || !isFact(decision)) return {};
  const recorded = { ...decision.data, ...(relays === undefined ? {} : { relays }) };
  const written = { ...decision.words, ...(inWords === undefined ? {} : { relays: inWords }) };
  return without(fieldsOf(recorded, written), 'assertion');
}

/** What must be set to get from what was imported to what is wanted; what somebody else set meanwhile collides. */
function differences(before: Imported, imported: Fields, wanted: Fields) {
  const set: Record<string, unknown> = {};
  const collided: string[] = [];
  for (const name of new Set([...Object.keys(imported), ...Object.keys(wanted)])) {
    if (same(name, imported[name], wanted[name])) continue;
    if (same(name, before.now[name], wanted[name])) continue;
    if (before.elsewhere.has(name)) collided.push(name);
    set[name] = wanted[name] ?? null;
  }
  return { set, collided };
}

/** Order says nothing among relays. */
function same(name: string, a: unknown, b: unknown): boolean {
  if (name !== 'relays') return equal(a, b);
  const [left, right] = [a ?? [], b ?? []] as [unknown[], unknown[]];
  return left.length === right.length && left.every(relay => right.some(other => equal(relay, other)));
}

const corrections = (
  command: string,
  stream: string,
  target: string,
  set: Record<string, unknown>,
  reason: string | undefined,
): Prepared[] => (Object.keys(set).length === 0 ? [] : [prepared(command, { stream, target }, { set, reason })]);

function editOfSource(
  { entry }: Surveyed,
  { stream, target }: Prepared,
  before: Imported,
  imported: Fields,
  wanted: Fields,
  reason: string | undefined,
): Edit {
  const described = (fields: Fields) => without(fields, 'grade', 'gradeReason');
  const { set, collided } = differences(before, described(imported), described(wanted));
  const commands = corrections('DescribeSource', stream, target, set, reason);
  if (wanted['grade'] === undefined)
    return {
      collided,
      commands,
      ...(imported['grade'] === undefined ? {} : { warning: GRADE_GONE }),
    };
  // A grade without a reason of its own has the dossier's, which is no part of the entry.
  const given = entry.fields['gradeReason'];
  const grade = differences(
    before,
    graded(imported),
    given === undefined ? { grade: wanted['grade'] } : graded(wanted),
  );
  if (!('grade' in grade.set) && grade.set['gradeReason'] == null) return { collided, commands };
  return {
    collided: [...collided, ...grade.collided],
    commands: [
      prepared('GradeSource', { stream, target }, { grade: wanted['grade'], reason: given ?? reason }),
      ...commands,
    ],
  };
}

const graded = ({ grade, gradeReason }: Fields): Fields => ({
  ...(grade === undefined ? {} : { grade }),
  ...(gradeReason === undefined ? {} : { gradeReason }),
});

const GRADE_GONE: ProblemItem = {
  pointer: '/grade',
  code: 'grade-gone',
  detail: 'the grade is gone from the entry; it stands: nobody’s judgement is taken back by silence',
};

function editOfUnit(record: Prepared, before: Imported, imported: Fields, reason: string | undefined): Edit {
  const wanted = [...new Set(record.data['members'] as readonly string[])].sort();
  const { set, collided } = differences(before, imported, { members: wanted });
  if (set['members'] === undefined) return NO_EDIT;
  const now = new Set(before.now['members'] as readonly string[]);
  const add = wanted.filter(member => !now.has(member));
  const remove = [...now].filter(member => !wanted.includes(member));
  const { stream, target } = record;
  return { collided, commands: [prepared('ChangeUnitMembers', { stream, target }, { add, remove, reason })] };
}

/** A link, derivation or decision is removed and recorded anew, under the same id. */
function recordedAnew(record: Prepared, before: Imported, last: LastImport, reason: string | undefined): Edit {
  if (!before.stands && before.removedElsewhere) return { ...NO_EDIT, collided: ['(removed)'] };
  const { stream, id } = last;
  const removal = (): Prepared => {
    switch (before.recordedBy) {
      case 'ClaimSuperseded':
        return prepared(
          'ReinstateClaim',
          { stream, target: stream.slice('claim-'.length) },
          { retraction: id, reason },
        );
      case 'ClaimsLinked':
        return prepared('RemoveClaimLink', { stream, target: id }, { reason });
      case 'DerivationRecorded':
        return prepared('RemoveDerivation', { stream, target: id }, { reason });
      default:
        return prepared('ReverseDecision', { stream, target: id }, { reason });
    }
  };
  return { collided: [], commands: before.stands ? [removal(), record] : [record] };
}
