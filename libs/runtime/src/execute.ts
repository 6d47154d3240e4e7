import { randomUUID } from 'node:crypto';
import { check, IDEMPOTENCY_KEY_PATTERN, isRefusal, LedgerError, meant, refuse, shown } from '@credence/contracts';
import type { Category, Fact, ProblemItem, Refusal, Section } from '@credence/contracts';
import { at, COMMANDS, commandNamed, EVOLUTIONS, noClaim, noSource } from '@credence/claims';
import type { ClaimState, CommandDefinition, LookUps, SourceState } from '@credence/claims';
import type { Quote } from '@credence/anchoring';
import { each, isFact, present, write } from '@credence/kernel';
import type { Decision, EventStore, Evolution, ReadTables, Write, Written } from '@credence/kernel';
import { passageAnswer } from '@credence/views';
import type { Foreseen, PassageAnswer, PassageFields } from '@credence/views';
import { noActor } from './actor.js';
import type { Identity } from './identity.js';
import type { InTurn } from './in-turn.js';
import type { CommandRequest, Done } from './ledger.js';
import { namedIn } from './named-in.js';
import type { NamedPlace } from './named-in.js';
import type { PlaceAnswer, PlaceQuestion } from './place.js';
import { primitives } from './primitives.js';
import { byId, found, isId, isKey, resolve, SINGULAR } from './references.js';
import type { Texts } from './texts.js';

/** What carrying out a command needs of an open ledger. */
export interface Writing {
  readonly store: EventStore;
  readonly identity: Identity;
  readonly ledger: string;
  /** Commands of this process on one stream. */
  readonly inTurn: InTurn;
  /** What the views know of references now, however far they are. */
  known(): ReadTables;
  /** Resolves once the views hold everything that was acknowledged: keys and prefixes are looked up in them. */
  upToDate(): Promise<{ readonly references: ReadTables; readonly sources: ReadTables }>;
  /** Events that were set aside take no part in any decision. */
  isSetAside(seq: number): boolean;
  /** Names of the views that wait before the event with this seq. */
  stoppedAt(seq: number): readonly string[];
  /** Texts of captures, for passages. */
  readonly texts: Texts;
  /** What the event would change in what is believed. */
  foresee(stream: string, fact: Fact): Promise<Foreseen>;
}

/** A command of which stream, target and ids are settled. */
export interface Prepared {
  readonly definition: CommandDefinition;
  readonly stream: string;
  readonly target: string;
  readonly made: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly words: Readonly<Record<string, unknown>>;
  /** References in `data` are ids already. */
  readonly resolved: boolean;
  /** A reference that looks like an id may be a key. */
  readonly keysLikeIds?: boolean;
  readonly commandId: string;
  readonly commandHash: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly expected?: number;
  readonly dryRun?: boolean;
}

const IDEMPOTENCY_KEY = new RegExp(IDEMPOTENCY_KEY_PATTERN);

/** A command as sent, by any door: checked, resolved, decided and recorded. */
export async function execute(request: CommandRequest, writing: Writing): Promise<Done | Refusal> {
  const definition = commandNamed(request.command);
  if (definition === undefined) {
    const names = COMMANDS.map(({ name }) => name);
    return refuse('invalid-body', `no command is called "${request.command}"${meant(request.command, names)}`, [
      { pointer: '/command', code: 'unknown-value', detail: `wanted one of ${names.join(', ')}` },
    ]);
  }
  const nobody = noActor(request.actor);
  if (nobody !== undefined) return nobody;
  const { idempotencyKey: key } = request;
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
    const detail = `found ${shown(key)}, wanted 1 to 255 visible ASCII characters`;
    return refuse('invalid-parameter', `idempotencyKey: ${detail}`, [
      { pointer: 'idempotencyKey', code: 'pattern', detail },
    ]);
  }
  const wrong = [...check(definition.data, request.data), ...check(definition.words, request.words)];
  if (wrong.length > 0) return refuse('invalid-body', bodyDetail(wrong), wrong);
  let prepared = await prepare(request, definition, writing);
  let written = await perform(prepared, writing);
  if (isRefusal(written) && namesKeysLikeIds(written, request, definition, writing)) {
    prepared = await prepare(request, definition, writing, true);
    written = await perform(prepared, writing);
  }
  if (isRefusal(written)) return written;
  const { would, outcome } = written;
  const foreseen =
    outcome !== 'would-record' || would === undefined ? {} : await writing.foresee(prepared.stream, would);
  const makesSubject = definition.target === null || definition.name === 'TakeCapture';
  const section = makesSubject && written.receipt.events.length > 0 ? sectionMade(definition) : undefined;
  return {
    receipt: { ...written.receipt, ...(await quoted(written, would, writing)), ...foreseen },
    replayed: outcome === 'replayed',
    made: section === undefined ? undefined : { section, id: written.receipt.id },
  };
}

const bodyDetail = (wrong: readonly ProblemItem[]) =>
  wrong.length === 1 && wrong[0] !== undefined
    ? `${wrong[0].pointer}: ${wrong[0].detail}`
    : `${String(wrong.length)} errors in the body`;

const sectionMade = (definition: CommandDefinition): Section | undefined =>
  definition.name === 'TakeCapture' ? 'captures' : SECTION_OF[definition.category];

/** Where a new subject stands under its own address. */
const SECTION_OF: Readonly<Partial<Record<Category, Section>>> = {
  source: 'sources',
  claim: 'claims',
  unit: 'units',
};

/**
 * Whether what was not found by its id is the key of a dossier that looks like one. Ids go first (WIRE.md, "Ids and
 * references"), and are taken without asking a view; so keys are thought of only where no such thing exists.
 */
function namesKeysLikeIds(
  { refused }: Refusal,
  { target, data }: CommandRequest,
  definition: CommandDefinition,
  { known }: Writing,
): boolean {
  if (refused !== 'not-found' && refused !== 'unknown-reference') return false;
  const places = [...namedIn(definition.data, data)];
  const all = places.map(({ section, reference }) => [section, reference] as const);
  if (definition.target !== null && target !== undefined) all.push([definition.target, target]);
  return all.some(([section, reference]) => isId(reference) && isKey(section, reference, known()));
}

async function prepare(
  request: CommandRequest,
  definition: CommandDefinition,
  writing: Writing,
  keysLikeIds = false,
): Promise<Prepared> {
  const { identity } = writing;
  const { command, target, data, words, actor, expected, dryRun } = request;
  const commandId = request.commandId ?? identity.command(request.idempotencyKey);
  const subject = await subjectOf(request, definition, commandId, writing, keysLikeIds);
  const made =
    definition.target === null
      ? subject.target
      : definition.makes === undefined
        ? subject.target
        : identity.thing(definition.makes, subject.stream, commandId);
  return {
    definition,
    stream: subject.stream,
    target: subject.target,
    made,
    data,
    words,
    resolved: false,
    keysLikeIds,
    commandId,
    commandHash: identity.commandHash({ command, ...(target === undefined ? {} : { target }), data, words }),
    actor,
    correlationId: request.correlationId ?? randomUUID(),
    ...(expected === undefined ? {} : { expected }),
    ...(dryRun === undefined ? {} : { dryRun }),
  };
}

async function subjectOf(
  request: CommandRequest,
  { category, target, makes }: CommandDefinition,
  commandId: string,
  { identity, upToDate }: Writing,
  keysLikeIds: boolean,
): Promise<{ stream: string; target: string }> {
  if (category === 'ledger') return { stream: 'ledger-main', target: 'main' };
  if (target === null) {
    const id = identity.thing(makes ?? category, '', commandId);
    return { stream: `${category}-${id}`, target: id };
  }
  if (request.target === undefined)
    throw new LedgerError('invalid-body', `${request.command} needs a target, ${article(SINGULAR[target])}`, [
      { pointer: '/target', code: 'required', detail: 'is missing' },
    ]);
  const direct = byId(target, request.target);
  if (direct !== undefined && !keysLikeIds) return { stream: direct.stream, target: direct.id };
  const { references } = await upToDate();
  const named = found(resolve(target, request.target, references), target, request.target);
  if (request.within !== undefined) {
    const claim =
      byId('claims', request.within) ?? found(resolve('claims', request.within, references), 'claims', request.within);
    if (claim.stream !== named.stream)
      throw new LedgerError('not-found', `claim "${request.within}" has no ${SINGULAR[target]} "${request.target}"`);
  }
  return { stream: named.stream, target: named.id };
}

const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** Reads the stream, looks for the command, resolves and looks up what it names, decides and appends. */
export async function perform(
  prepared: Prepared,
  writing: Writing,
): Promise<(Written & { readonly would?: Fact }) | Refusal> {
  const { definition, stream } = prepared;
  const evolution = EVOLUTIONS[definition.category] as Evolution<unknown>;
  const { commandId, commandHash, actor, correlationId, expected, dryRun } = prepared;
  let would: Fact | undefined;
  const request: Write<unknown> = {
    stream,
    evolution,
    decide: async state => {
      const decision = await decide(prepared, state, writing);
      would = isFact(decision) ? decision : undefined;
      return decision;
    },
    commandId,
    commandHash,
    actor,
    correlationId,
    ledger: writing.ledger,
    isSetAside: writing.isSetAside,
    ...(expected === undefined ? {} : { expected }),
    ...(dryRun === undefined ? {} : { dryRun }),
  };
  const written = await writing.inTurn(stream, () => write(writing.store, request, primitives));
  if (!isRefusal(written) && (written.outcome === 'would-record' || written.outcome === 'recorded'))
    return would === undefined ? written : { ...written, would };
  // The same bytes again make nothing, and still the capture is what the receipt is about.
  if (definition.name !== 'TakeCapture' || isRefusal(written) || written.outcome !== 'unchanged') return written;
  return { ...written, receipt: { ...written.receipt, id: prepared.data['sha256'] as string } };
}

async function decide(prepared: Prepared, state: unknown, writing: Writing): Promise<Decision> {
  const { definition, target, made, words } = prepared;
  const { data, places } = named(prepared);
  if (!prepared.resolved) {
    const unresolved = await resolveAll(places, speakerIn(prepared, data, state), prepared, writing);
    if (unresolved !== undefined) return unresolved;
  }
  const known = await lookUp(places, writing);
  if (isRefusal(known)) return known;
  const seen = await lookInTexts(prepared, data, state, writing);
  if (isRefusal(seen)) return seen;
  return definition.decide({ data, words, target, made } as never, state as never, { ...known, ...seen });
}

/** Where the data name things, in a copy: ids will stand there. Most commands that begin something name nothing. */
function named({ definition, data }: Prepared): { data: Record<string, unknown>; places: readonly NamedPlace[] } {
  const given = [...namedIn(definition.data, data)];
  if (given.length === 0) return { data, places: given };
  const copy = structuredClone(data) as Record<string, unknown>;
  return { data: copy, places: [...namedIn(definition.data, copy)] };
}

/** What the texts of captures say to a command: the text of one that it enters, the place of a passage that it gives. */
async function lookInTexts(
  prepared: Prepared,
  data: Record<string, unknown>,
  state: unknown,
  writing: Writing,
): Promise<Pick<LookUps, 'text' | 'place'> | Refusal> {
  const { definition, words, target } = prepared;
  if (definition.name === 'TakeCapture') {
    const { exists, captures } = state as SourceState;
    const { sha256, mediaType, size, withoutText } = data as {
      sha256: string;
      mediaType: string;
      size: number;
      withoutText?: boolean;
    };
    if (!exists || at(captures, sha256) !== undefined || withoutText === true) return {};
    const text = await writing.texts.extracted(sha256, mediaType, size);
    return text === undefined ? {} : isRefusal(text) ? text : { text };
  }
  const speaker = speakerIn(prepared, data, state);
  if (definition.name === 'ReanchorPassage') {
    const { capture, of, start, end } = data as { capture: string; of?: string; start: number; end: number };
    const said = at((state as ClaimState).assertions, target)?.said.passage as { exact: string } | undefined;
    if (said === undefined) return {};
    return placeIn(capture, of ?? speaker(), { exact: said.exact, at: { start, end } }, writing);
  }
  const given = passageIn(data, words);
  return given === undefined ? {} : placeIn(given.capture, given.of ?? speaker(), questionOf(given), writing);
}

type GivenPassage = Quote & { readonly capture: string; readonly of?: string; readonly state?: string };

/** The passage that a command gives, both parts joined. */
export function passageIn(data: Readonly<Record<string, unknown>>, words: Readonly<Record<string, unknown>>) {
  const [inData, inWords] = [data, words].map(part => {
    const { passage } = ((part['set'] as object | undefined) ?? part) as { passage?: object | null };
    return passage ?? undefined;
  });
  return inData === undefined || inWords === undefined ? undefined : ({ ...inData, ...inWords } as GivenPassage);
}

/** A place in the text of a source's capture, where it has one. */
async function placeIn(
  capture: string,
  owner: string | undefined,
  question: PlaceQuestion,
  writing: Writing,
): Promise<Pick<LookUps, 'place'> | Refusal> {
  if (owner === undefined) return {};
  const { captures } = await stateOf(writing, `source-${owner}`, EVOLUTIONS.source);
  const text = at(captures, capture)?.text;
  if (text === undefined) return {};
  const [place] = (await writing.texts.places(text, [question])) as [PlaceAnswer];
  return isRefusal(place) ? place : { place };
}

/** A passage may have been given with more than says where it stands. */
function questionOf({ exact, prefix, suffix, page, pdfPage, position }: GivenPassage): PlaceQuestion {
  const said = { prefix, suffix, page, pdfPage, position };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return { exact, ...Object.fromEntries(given) };
}

/** Where the passage that an event gives was found: what it is worth is told at once. */
async function quoted(
  { outcome, receipt }: Written,
  would: Fact | undefined,
  { store }: Writing,
): Promise<{ readonly passage?: PassageAnswer }> {
  const [recorded] = receipt.events;
  const stored =
    outcome === 'replayed' && recorded?.seq !== undefined ? await store.readEvent(recorded.seq) : undefined;
  const event = stored === undefined ? would : present(stored);
  if (event === undefined) return {};
  const passage = passageIn(event.data, event.words) as PassageFields | undefined;
  return passage?.state === undefined ? {} : { passage: passageAnswer(passage) };
}

/** The source whose passage a command gives: its captures are meant where only the bytes are named. */
function speakerIn({ target }: Prepared, data: Record<string, unknown>, state: unknown): () => string | undefined {
  return () => {
    const given = data['source'];
    if (typeof given === 'string') return given;
    const { assertions } = state as Partial<ClaimState>;
    return assertions === undefined ? undefined : at(assertions, target)?.said.source;
  };
}

/** Puts ids where references stood. Captures come last: whose they are may hang on the source named beside them. */
async function resolveAll(
  places: readonly NamedPlace[],
  speaker: () => string | undefined,
  prepared: Prepared,
  writing: Writing,
): Promise<Refusal | undefined> {
  const inOrder = [...places].sort((a, b) => Number(a.section === 'captures') - Number(b.section === 'captures'));
  for (const { section, reference, pointer, holder, member } of inOrder) {
    // An id is taken as it is: whether it exists the store says, or the decider, for what lives in its own stream.
    if (section !== 'captures' && isId(reference) && !prepared.keysLikeIds) continue;
    const { references, sources } = await writing.upToDate();
    const named =
      section === 'captures'
        ? captureNamed(reference, speaker(), references, sources)
        : resolve(section, reference, references);
    if (named === undefined) return unknown(section, reference, pointer);
    if (isRefusal(named)) return { ...named, errors: [{ pointer, code: named.refused, detail: named.detail }] };
    holder[member] = named.id;
    if (section === 'captures' && pointer.endsWith('/capture')) {
      const owner = named.stream.slice('source-'.length);
      if (owner === speaker()) delete holder['of'];
      else holder['of'] = owner;
    }
  }
  return undefined;
}

const unknown = (section: Section, reference: string, pointer: string): Refusal =>
  refuse('unknown-reference', `no ${SINGULAR[section]} is called "${reference}"`, [
    { pointer, code: 'unknown-reference', detail: `no ${SINGULAR[section]} is called "${reference}"` },
  ]);

function captureNamed(reference: string, speaker: string | undefined, references: ReadTables, sources: ReadTables) {
  if (!/^[0-9a-f]{64}$/.test(reference)) return resolve('captures', reference, references);
  const owners = Array.from(sources<number>('captureOf').range({ prefix: [reference] }), ({ key }) => key[1] as string);
  const owner = owners.find(o => o === speaker) ?? owners[0];
  if (owner === undefined) return undefined;
  if (owner !== speaker && owners.length > 1)
    return {
      ...refuse('ambiguous-reference', `capture ${reference} is of ${owners.map(o => `source ${o}`).join(' and of ')}`),
      candidates: owners,
    };
  return { section: 'captures' as const, id: reference, stream: `source-${owner}` };
}

/** States of every source, claim and unit that the command names, from the store; what does not exist is refused. */
async function lookUp(places: readonly NamedPlace[], writing: Writing): Promise<LookUps | Refusal> {
  const sources = new Map<string, SourceState>();
  const claims = new Map<string, ClaimState>();
  for (const { section, pointer, holder, member } of places) {
    const id = holder[member] as string;
    if (section === 'sources' && !sources.has(id)) {
      const state = await stateOf(writing, `source-${id}`, EVOLUTIONS.source);
      if (!state.exists) return unknown(section, id, pointer);
      sources.set(id, state);
    } else if (section === 'claims' && !claims.has(id)) {
      const state = await stateOf(writing, `claim-${id}`, EVOLUTIONS.claim);
      if (!state.exists) return unknown(section, id, pointer);
      claims.set(id, state);
    }
  }
  return {
    source: id => sources.get(id) ?? noSource,
    claim: id => claims.get(id) ?? noClaim,
    stoppedAt: writing.stoppedAt,
  };
}

async function stateOf<S>({ store, isSetAside }: Writing, stream: string, evolution: Evolution<S>): Promise<S> {
  let state = evolution.initial;
  for await (const event of each(store.readStream(stream)))
    if (!isSetAside(event.seq)) state = evolution.evolve(state, present(event));
  return state;
}
