import { commandNamed, split } from '@credence/claims';
import { mediaTypeOf, refuse } from '@credence/contracts';
import type { LedgerEvent, Refusal, Section } from '@credence/contracts';
import type { ImportCommand, ImportPort } from '../import-port.js';
import type { Entry } from './entries.js';
import type { Names } from './names.js';
import { CHANGE_COMMANDS } from './schema.js';
import { isRecord, referencesIn } from './schema-walk.js';
import type { Surveyed } from './survey.js';

/** A command without the entry that it is written for. */
export type Prepared = Omit<ImportCommand, 'entry'>;

type Body = Readonly<Record<string, unknown>>;

interface Subject {
  readonly stream: string;
  readonly target: string;
  readonly made?: string;
}

/** Makes a flat body, ids in it already, into a command. */
export function prepared(command: string, subject: Subject, body: Body): Prepared {
  const definition = commandNamed(command);
  if (definition === undefined) throw new Error(`no command is called ${command}`);
  const parts = split(body, definition);
  if (!('data' in parts)) throw new Error(`${command}: ${parts.map(({ detail }) => detail).join('; ')}`);
  return { command, ...subject, ...parts };
}

/** The fields of an entry with ids in place of references, and the owner of a capture that is not the asserting source's. */
export function withIds({ schema, fields, section }: Entry, names: Names): Body {
  const body = structuredClone(fields) as Record<string, unknown>;
  for (const { section: named, reference, holder, member } of referencesIn(schema, body))
    holder[member] = names.found(named as Section, reference).id;
  return section === 'assertions' ? owned(body, fields, body['source'], names) : body;
}

/** `of` of a passage in the capture of another source than `speaker`. */
function owned(body: Body, written: Body, speaker: unknown, names: Names): Body {
  const passage = body['passage'];
  if (!isRecord(passage) || !isRecord(written['passage'])) return body;
  const { stream } = names.found('captures', written['passage']['capture'] as string);
  const owner = stream.slice('source-'.length);
  return owner === speaker ? body : { ...body, passage: { ...passage, of: owner } };
}

/**
 * The command that records an entry for the first time.
 *
 * @param reason - for entries that need one and give none
 */
export function recording({ entry, bytes }: Surveyed, id: string, names: Names, reason: string | undefined): Prepared {
  const fields = withIds(entry, names);
  const because = { reason: fields['reason'] ?? reason };
  const onClaim = (claim: unknown) => ({ stream: `claim-${String(claim)}`, target: String(claim) });
  switch (entry.section) {
    case 'sources': {
      const graded = fields['grade'] !== undefined && fields['gradeReason'] === undefined;
      const body = graded && reason !== undefined ? { ...fields, gradeReason: reason } : fields;
      return prepared('RegisterSource', { stream: `source-${id}`, target: id }, body);
    }
    case 'claims':
      return prepared('RecordClaim', { stream: `claim-${id}`, target: id }, fields);
    case 'units':
      return prepared('DeclareUnit', { stream: `unit-${id}`, target: id }, { ...fields, ...because });
    case 'captures': {
      const { source, ...rest } = fields;
      const mediaType = rest['mediaType'] ?? mediaTypeOf(rest['file'] as string);
      const owner = source as string;
      return prepared('TakeCapture', { stream: `source-${owner}`, target: owner }, { ...rest, mediaType, ...bytes });
    }
    case 'assertions': {
      const { claim, ...rest } = fields;
      return prepared('RecordAssertion', { ...onClaim(claim), made: id }, rest);
    }
    case 'links': {
      const { from, to, kind, ...rest } = fields;
      return kind === 'supersedes'
        ? prepared('SupersedeClaim', { ...onClaim(to), made: id }, { successor: from, ...because })
        : prepared('LinkClaims', { ...onClaim(from), made: id }, { ...rest, to, kind, ...because });
    }
    case 'derivations': {
      const { conclusion, ...rest } = fields;
      return prepared('RecordDerivation', { ...onClaim(conclusion), made: id }, { ...rest, ...because });
    }
    case 'decisions': {
      const { claim, ...rest } = fields;
      return prepared('RecordDecision', { ...onClaim(claim), made: id }, { ...rest, ...because });
    }
    case 'changes':
      throw new Error('a change is not recorded, it is applied');
  }
}

/** The command that a change comes to; what it lifts, or whose passage it sets, may be in the ledger only. */
export async function applying(
  { entry }: Surveyed,
  id: string,
  names: Names,
  port: ImportPort,
  reason: string | undefined,
): Promise<Prepared | Refusal> {
  const { kind, by, code, assertedAt, ...given } = withIds(entry, names);
  const target = entry.fields['target'] as string;
  const slash = target.indexOf('/');
  const section = target.slice(0, slash) as Section;
  const named = names.found(section, target.slice(slash + 1));
  const because = { reason: given['reason'] ?? reason };
  const dated = { ...(code === undefined ? {} : { code }), ...(assertedAt === undefined ? {} : { assertedAt }) };
  const subject: Subject = { stream: named.stream, target: named.id };
  const command = CHANGE_COMMANDS[kind as string]?.[section] ?? '';
  switch (kind) {
    case 'reinstate':
      return lifting(named, await port.events(named.stream), because);
    case 'grade':
      return prepared('GradeSource', subject, { ...(given['set'] as Body), ...because });
    case 'confirm':
      return prepared('ConfirmClaim', subject, because);
    case 'retract':
      return prepared(command, { ...subject, made: id }, { ...dated, by, ...because });
    default: {
      const written = entry.fields['set'] as Body;
      const set = isRecord(written['passage'])
        ? owned(given['set'] as Body, written, await speakerOf(named, port), names)
        : given['set'];
      return prepared(command, subject, { ...dated, set, ...because });
    }
  }
}

interface Thing {
  readonly id: string;
  readonly stream: string;
}

async function speakerOf({ id, stream }: Thing, port: ImportPort): Promise<string | undefined> {
  const recorded = (await port.events(stream)).find(
    (event): event is LedgerEvent<'AssertionRecorded'> =>
      event.type === 'AssertionRecorded' && event.data.assertion === id,
  );
  return recorded?.data.source;
}

/** The reinstatement that lifts a retraction or a supersession, by what it was recorded against. */
function lifting({ id, stream }: Thing, events: readonly LedgerEvent[], because: Body): Prepared | Refusal {
  const body = { retraction: id, ...because };
  const subject = stream.slice(stream.indexOf('-') + 1);
  for (const event of events)
    switch (event.type) {
      case 'SourceRetracted':
        if (event.data.retraction === id) return prepared('ReinstateSource', { stream, target: subject }, body);
        break;
      case 'ClaimRetracted':
        if (event.data.retraction === id) return prepared('ReinstateClaim', { stream, target: subject }, body);
        break;
      case 'ClaimSuperseded':
        if (event.data.supersession === id) return prepared('ReinstateClaim', { stream, target: subject }, body);
        break;
      case 'AssertionRetracted':
        if (event.data.retraction === id)
          return prepared('ReinstateAssertion', { stream, target: event.data.assertion }, body);
        break;
    }
  return refuse('retraction-not-standing', `no retraction ${id} was recorded in ${stream}`);
}
