import { definitionOf, isRefusal, LedgerError } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import type { CaptureStore, Clock, StoredEvent, View, ViewState } from '@credence/kernel';
import { each, MAX_WAIT_MS, once, present } from '@credence/kernel';
import {
  beliefAnswer,
  beliefChanges,
  chainAnswer,
  citationFacts,
  claimAnswer,
  claimHistory,
  claimsPage,
  facetSteps,
  foreseen,
  impactSteps,
  newestFirst,
  policiesPage,
  sourceAnswer,
  sourceHistory,
  summaryAnswer,
  unitAnswer,
  VIEWS,
} from '@credence/views';
import type { CitationFacts, ClaimItem, HistoryItem, Page, PageRequest, ReadModel } from '@credence/views';
import { mustBeActor } from './actor.js';
import { beliefPast } from './belief-past.js';
import { captureReads } from './capture-reads.js';
import { claimsAsked, filterIn } from './claims-asked.js';
import { doctor } from './doctor.js';
import type { Writing } from './execute.js';
import { feedsOf } from './feed.js';
import { identity } from './identity.js';
import { turns } from './in-turn.js';
import { keptAnswers } from './kept-answers.js';
import type { EventAnswer, Ledger, List, ListParameters, Pinned, ReadParameters } from './ledger.js';
import { openedOrNew } from './opened.js';
import { cursorOf, cursorText, limitOf, seqOf, whatIfOf } from './parameters.js';
import { rebuildViews, stoppedText, verifyLog } from './operations.js';
import { blame } from './over-time/blame.js';
import { changes } from './over-time/changes.js';
import { diff } from './over-time/diff.js';
import type { Reading, Reads } from './over-time/reads.js';
import { timeline } from './over-time/timeline.js';
import { patiently } from './patiently.js';
import { axesOf, momentOf, pinsOf } from './pins.js';
import type { Moment } from './pins.js';
import { primitives } from './primitives.js';
import { readModels } from './read-models.js';
import { signedLog } from './signed-log.js';
import { bare, byId, found, located, resolve } from './references.js';
import type { Named } from './references.js';
import type { Media } from './stores.js';
import { textsOf } from './texts.js';

const VIEWS_OF_TODAY = VIEWS(primitives.sha256);

/**
 * Loaded with the first command: who reads needs no deciders, and no checks of what is sent. A module is found by its name each
 * time that it is imported, which takes as long as a decision.
 */
const execution = once(() => import('./execute.js'));

/** A ledger on media of this process. */
export interface LocalLedger extends Ledger {
  /** Says where this process serves it, so that other processes find it. */
  announce(url: string): void;
  /**
   * Resolves once the views hold what was recorded when the ledger was opened; until then reads of those that do not are
   * `view-behind`.
   *
   * @param timeoutMs - default: as long as a read waits
   */
  built(timeoutMs?: number): Promise<void>;
  /** Resolves with what stopped this ledger, when something does that a restart may find mended, and nothing else. */
  readonly failed: Promise<LedgerError>;
}

/** How often a ledger that grows is signed. */
const SIGN_EVERY_MS = 2000;

/** Opens a ledger over its media: who it is, its views caught up by the feed, its commands. */
export async function localLedger(
  media: Media,
  options: {
    readonly clock: Clock;
    readonly actor: string;
    /** Sign checkpoints. */
    readonly sign?: boolean;
    /** Told, in words, of each view that comes to an event which it cannot apply. */
    readonly onViewStopped?: (detail: string) => void;
    /** Default: those of this release. */
    readonly views?: Readonly<Record<keyof typeof VIEWS_OF_TODAY, View>>;
    /** `changes` over so many events or more asks each claim, rather than to read them. Default: 20,000. */
    readonly mostFolded?: number;
  },
): Promise<LocalLedger> {
  const { events: store } = media;
  const opened = await openedOrNew(store, options.actor);
  const { ledger, origin, idSalt } = opened;
  media.belongsTo?.(ledger);
  let forged: LedgerError | undefined;
  const { promise: failed, resolve: fail } = Promise.withResolvers<LedgerError>();
  void media.failed?.then(fail);
  const signed = await signedLog(store, media.checkpoints, origin, error => {
    forged ??= error;
    fail(error);
  });
  /** @throws store-unavailable - what this ledger could answer would not be the ledger */
  const check = () => {
    media.check?.();
    if (forged !== undefined) throw forged;
  };
  /** Loaded where it is asked for: few processes sign. */
  async function signing() {
    const { startSigner } = await import('./signer.js');
    const { newSigningKey, signingKeyIn } = await import('./signing-key.js');
    return startSigner({
      store,
      checkpoints: media.checkpoints,
      signed,
      opened,
      signing: media.keyFile === undefined ? newSigningKey(origin) : signingKeyIn(media.keyFile, origin),
      actor: options.actor,
      everyMs: SIGN_EVERY_MS,
      halted: () => forged !== undefined,
    });
  }
  const signer = options.sign === true && forged === undefined ? await signing() : undefined;
  const models = await readModels(options.views ?? VIEWS_OF_TODAY, store, media.views, (view, stopped) =>
    options.onViewStopped?.(`view ${view} stopped at ${stoppedText(stopped)}`),
  );
  const { projections, live, stoppedAt, isSetAside } = models;
  const ids = identity(idSalt);
  const texts = textsOf(media.captures);

  const feeds = feedsOf(store, eventAnswer);

  const headSeq = () => store.log.head().size - 1;
  const viewsAt = models.at;
  const upToDate = async () => {
    await projections.caughtUp(headSeq());
    return live;
  };
  /** A long read of the live views: what moves on is their seq. */
  const moving = () => {
    const at = viewsAt();
    return () => viewsAt() !== at;
  };
  const writing: Writing = {
    store,
    identity: ids,
    ledger,
    inTurn: turns(),
    known: () => live.references,
    upToDate,
    stoppedAt,
    isSetAside,
    texts,
    foresee: (stream, fact) =>
      patiently(async () => {
        const model = { ...(await upToDate()), sha256: primitives.sha256, query: {} };
        return { steps: foreseen(stream, fact, model), moved: moving() };
      }),
  };

  const reading = async (
    parameters: ReadParameters = {},
    pinned?: { readonly seq: number | null },
  ): Promise<Reading> => {
    check();
    const axes = axesOf(parameters);
    await models.readable();
    if (parameters.after !== undefined) await projections.caughtUp(seqOf('after', parameters.after));
    const at = viewsAt();
    const asked = momentOf(parameters.asOf, store.log, at < 0 ? null : at, options.clock());
    const moment = pinned === undefined ? asked : { ...asked, seq: pinned.seq, head: pinned.seq === at };
    const now = moment.head || moment.seq === at;
    const tables = now ? live : { ...models.asOf(moment.seq), upTo: moment.seq ?? -1 };
    return { model: { ...tables, sha256: primitives.sha256, ...axes }, moment, axes };
  };
  const pinned = <T extends object>(answer: T, { moment, axes }: Reading): Pinned<T> => ({
    ...answer,
    pins: pinsOf(moment, axes, store.log),
  });
  const named = (section: Section, reference: string, { model, moment }: Reading): Named =>
    found(resolve(section, bare(section, reference), model.references), section, reference, whenText(moment));

  /** The log's size too: its events may make the views begin anew, and come by the same seq with other rows. */
  const kept = keptAnswers(() => [viewsAt(), store.log.head().size]);

  /** A read of one thing: resolve the reference at the pins, answer, pin. `what` names the answer among those of the section. */
  const one = async <T extends object>(
    section: Section,
    what: string,
    reference: string,
    parameters: ReadParameters | undefined,
    answer: (id: string, model: ReadModel) => T | undefined,
  ): Promise<Pinned<T>> => {
    const at = await reading(parameters);
    const answered = () => pinned(answer(named(section, reference, at).id, at.model) as T, at);
    if (!at.moment.head) return answered();
    const { publicBy, certainty, holdsAt } = parameters ?? {};
    return kept(JSON.stringify([section, what, reference, publicBy, certainty, holdsAt]), answered);
  };

  /** Where the cursor says, else where the pins say. */
  const readingOf = (name: string, parameters: ListParameters): Promise<Reading> => {
    const { cursor, filter } = partsOf(parameters);
    return reading(parameters, cursor === undefined ? undefined : cursorOf(name, filter, cursor));
  };
  const listAt = <T>(
    at: Reading,
    name: string,
    parameters: ListParameters,
    page: (model: ReadModel, request: PageRequest) => Page<T>,
  ): List<T> => {
    const { cursor, limit, filter } = partsOf(parameters);
    const from = cursor === undefined ? {} : { before: cursorOf(name, filter, cursor).before };
    const { items, next } = page(at.model, { limit: limitOf(limit), ...from });
    const { seq } = at.moment;
    return pinned({ items, next: next === null ? null : cursorText(name, filter, { before: next, seq }) }, at);
  };
  const list = async <T>(
    name: string,
    parameters: ListParameters = {},
    page: (model: ReadModel, request: PageRequest) => Page<T>,
  ): Promise<List<T>> => listAt(await readingOf(name, parameters), name, parameters, page);

  const eventsOf = async (stream: string, { moment }: Reading): Promise<readonly LedgerEvent[]> => {
    const seen: LedgerEvent[] = [];
    for await (const event of each(store.readStream(stream)))
      if (event.seq <= (moment.seq ?? -1) && !isSetAside(event.seq)) seen.push(present(event));
    return seen;
  };
  const history = async (
    section: Section,
    reference: string,
    parameters: ReadParameters | undefined,
    tell: (events: Iterable<LedgerEvent>) => HistoryItem[],
  ) => {
    const at = await reading(parameters);
    const { stream } = named(section, reference, at);
    return { at, stream, items: tell(await eventsOf(stream, at)) };
  };
  const reads: Reads = {
    store,
    isSetAside,
    passedOver: models.passedOver,
    reading,
    pinned,
    claimNamed: (reference, at) => named('claims', reference, at).id,
    claimEvents: (claim, at) => eventsOf(`claim-${claim}`, at),
    movedSince: at => (at.model.belief === live.belief ? moving() : () => false),
  };

  /** Until no belief waits to be computed, at most as long as a read waits for its views: then the read computes the rest. */
  const settled = async () => {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise(resolve => (timer = setTimeout(resolve, MAX_WAIT_MS)));
    await Promise.race([projections.settled(), timeout]);
    clearTimeout(timer);
  };

  return {
    url: media.url,
    execute: async request => {
      check();
      return (await execution()).execute(request, writing);
    },
    capture: async request => {
      check();
      // Before a byte is read: whose it is.
      if (byId('sources', request.target) === undefined) {
        const { references } = await upToDate();
        found(resolve('sources', request.target, references), 'sources', request.target);
      }
      const { capturing } = await import('./capturing.js');
      const kept = await capturing(request, media.captures, texts);
      if (isRefusal(kept)) return kept;
      return (await execution()).execute(kept.request, { ...writing, texts: kept.texts });
    },
    importDossier: async ({ actor, correlationId, ...request }) => {
      check();
      mustBeActor(actor);
      // Loaded when asked for: nobody who reads needs a YAML parser.
      const { importDossier, rehearsalStore } = await import('../../exchange/src/index.js');
      const { importPort } = await import('./import-port.js');
      const load = (over: Writing, captures: CaptureStore) =>
        importDossier(request, importPort(over, captures, { actor, correlationId }));
      const rehearse = async () => {
        const { rehearsingCaptures } = await import('./rehearsal-captures.js');
        return rehearsingCaptures(media.captures, captures =>
          load({ ...writing, inTurn: turns(), store: rehearsalStore(store), texts: textsOf(captures) }, captures),
        );
      };
      const answer = await (request.dryRun === true ? rehearse() : load(writing, media.captures));
      await upToDate();
      return pinned(answer, await reading());
    },
    summary: async parameters => {
      await settled();
      const at = await reading(parameters);
      return pinned(summaryAnswer(at.model), at);
    },
    claims: async (parameters = {}) => {
      const { facets, byRelevance, ...asked } = claimsAsked(parameters);
      if (parameters.status !== undefined || facets.includes('status')) await settled();
      const page = (at: Reading): List<ClaimItem> =>
        listAt(at, 'claims', parameters, (model, request) =>
          claimsPage(model, { ...request, byRelevance }, filterIn({ ...parameters, ...asked }, model)),
        );
      if (facets.length === 0) return page(await readingOf('claims', parameters));
      return patiently(async () => {
        const at = await readingOf('claims', parameters);
        const counting = facetSteps(at.model, filterIn({ ...parameters, ...asked }, at.model), facets);
        const steps = (function* () {
          const counts = yield* counting;
          return { ...page(at), facets: counts };
        })();
        return { steps, moved: at.moment.head ? moving() : () => false };
      });
    },
    claim: (reference, parameters) => one('claims', 'claim', reference, parameters, claimAnswer),
    belief: (reference, parameters) => one('claims', 'belief', reference, parameters, beliefAnswer),
    chain: (reference, parameters) => one('claims', 'chain', reference, parameters, chainAnswer),
    citation: async (reference, parameters = {}) => {
      // Loaded when asked for, and without the rest of its room: few who read cite.
      const { citationIn, lookUp, styleNamed } = await import('../../exchange/src/citation/index.js');
      const style = styleNamed(parameters.style);
      const at = await reading(parameters);
      const { id } = named('claims', reference, at);
      const pins = pinsOf(at.moment, at.axes, store.log);
      const facts = citationFacts(id, at.model) as CitationFacts;
      return { ...citationIn(style, facts, lookUp(id, ledger, pins, parameters.base)), pins };
    },
    history: async (reference, parameters) => {
      const { at, stream, items } = await history('claims', reference, parameters, claimHistory);
      const claim = stream.slice('claim-'.length);
      const events = await beliefPast(claim, at.moment.seq ?? -1, at.model.belief, store, isSetAside);
      if (events === undefined) return pinned({ items }, at);
      const changes = await patiently(async () => ({
        steps: beliefChanges(claim, events, at.axes.query, primitives.sha256),
        moved: () => false,
      }));
      const withBelief = items.map(item => {
        const belief = changes.get(item.seq);
        return belief === undefined ? item : { ...item, belief };
      });
      return pinned({ items: withBelief }, at);
    },
    timeline: timeline(reads),
    diff: diff(reads),
    blame: blame(reads),
    changes: changes(reads, options.mostFolded),
    sources: parameters =>
      list('sources', parameters, (model, request) =>
        newestFirst(model.sources, request, id => sourceAnswer(id, model)),
      ),
    source: (reference, parameters) => one('sources', 'source', reference, parameters, sourceAnswer),
    impact: async (reference, parameters) => {
      const change = whatIfOf(parameters?.whatIf);
      let at: Reading | undefined;
      const answer = await patiently(async () => {
        at = await reading(parameters);
        const { id } = named('sources', reference, at);
        return {
          steps: impactSteps(id, at.model, change),
          moved: at.model.belief === live.belief ? moving() : () => false,
        };
      });
      return pinned(answer, at as Reading);
    },
    ...captureReads({ reading, readingOf, pinned, named, list, listAt, texts, captures: media.captures }),
    sourceHistory: async (reference, parameters) => {
      const { at, items } = await history('sources', reference, parameters, sourceHistory);
      return pinned({ items }, at);
    },
    units: parameters =>
      list('units', parameters, (model, request) => newestFirst(model.units, request, id => unitAnswer(id, model))),
    unit: (reference, parameters) => one('units', 'unit', reference, parameters, unitAnswer),
    policies: parameters => list('policies', parameters, policiesPage),
    event: async (seq, { after } = {}) => {
      check();
      if (after !== undefined) await projections.caughtUp(seqOf('after', after));
      const event = await store.readEvent(seq);
      if (event === undefined) throw new LedgerError('not-found', `no event has the seq ${String(seq)}`);
      return eventAnswer(event);
    },
    logCheckpoint: async () => {
      check();
      if (signed.newest === undefined)
        throw new LedgerError('not-found', 'no checkpoint was signed; serve --sign signs');
      return signed.newest.note;
    },
    logKey: async () => {
      check();
      const key = await signed.key();
      if (key === undefined) throw new LedgerError('not-found', 'no signing key was adopted; serve --sign adopts one');
      return key;
    },
    feed: (after, ready) => {
      check();
      return feeds.from(after, ready);
    },
    locate: async (reference, sections) => {
      check();
      const { references } = await upToDate();
      return located(reference, sections, references);
    },
    health: async () => {
      check();
      return {
        ready: projections.all.every(p => p.stopped === undefined && p.seq >= headSeq()),
        ledger,
        head: headSeq(),
        views: projections.all.map(({ view, state, stopped }) => ({
          name: view.name,
          version: view.version,
          seq: state.checkpoint()?.seq ?? -1,
          ...unsettledIn(view, state),
          ...(stopped === undefined ? {} : { stopped: stoppedText(stopped) }),
        })),
      };
    },
    verify: progress => verifyLog(store, progress),
    doctor: ({ deep = false } = {}, progress = () => undefined) =>
      doctor(
        { media, clock: options.clock, views: projections.all, captures: () => capturesIn(live), signed, forged },
        deep,
        progress,
      ),
    rebuild: (view, progress) => rebuildViews(projections, view, headSeq, progress),
    built: models.built,
    failed,
    announce: url => {
      media.announce(url);
    },
    close: async () => {
      feeds.stop();
      await signer?.stop();
      await models.close().finally(() => media.close());
    },
  };
}

interface FilesOf {
  readonly sha256: string;
  readonly text?: { readonly sha256: string; readonly pages?: string };
}

/** Every file of a capture: its bytes, its text, the map of its pages. */
function* capturesIn({ sources }: Pick<ReadModel, 'sources'>) {
  for (const { key, value } of sources<FilesOf>('captures').range()) {
    const source = key[0] as string;
    const { sha256, text } = value;
    for (const file of new Set([sha256, text?.sha256, text?.pages]))
      if (file !== undefined) yield [file, source] as const;
  }
}

/** How much a view has left to compute, while it has. */
function unsettledIn(view: View, state: ViewState): { readonly unsettled?: number } {
  const unsettled = view.left?.(state.tables) ?? 0;
  return unsettled === 0 ? {} : { unsettled };
}

/** What a refusal adds where the moment is an earlier one. */
function whenText({ head, seq }: Moment): string {
  if (head) return '';
  return seq === null ? ': nothing was recorded by then' : ` as of @${String(seq)}`;
}

/** What of a list's parameters makes the list: a cursor is bound to it. */
function partsOf({ cursor, limit, after: _, ...filter }: ListParameters) {
  return { cursor, limit, filter };
}

/** As today's folds read it; as it stands where this release does not know its type. */
function eventAnswer(stored: StoredEvent): EventAnswer {
  const event = definitionOf(stored.type) === undefined ? stored : present(stored);
  const { id, stream, revision, seq, type, schemaVersion, recordedAt, actor, commandId, commandHash } = event;
  const head = { id, stream, revision, seq, type, schemaVersion, recordedAt, actor, commandId, commandHash };
  const { correlationId, ledger, dataHash, wordsHash, data, words } = event;
  return { ...head, correlationId, ledger, dataHash, wordsHash, data, words };
}
