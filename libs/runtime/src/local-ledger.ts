import { isRefusal, LedgerError } from '@credence/contracts';
import type { LedgerEvent, Section } from '@credence/contracts';
import type { Clock, Projections, ReadTables } from '@credence/kernel';
import { each, present, project } from '@credence/kernel';
import {
  beliefAnswer,
  capturePage,
  chainAnswer,
  claimAnswer,
  claimHistory,
  claimsPage,
  impactAnswer,
  newestFirst,
  sourceAnswer,
  sourceHistory,
  summaryAnswer,
  unitAnswer,
  VIEWS,
} from '@credence/views';
import type { HistoryItem, Page, PageRequest, ReadModel } from '@credence/views';
import { execute } from './execute.js';
import type { Writing } from './execute.js';
import { feedsOf } from './feed.js';
import { identity } from './identity.js';
import { importPort } from './import-port.js';
import type { EventAnswer, Ledger, List, ListParameters, Pinned, ReadParameters } from './ledger.js';
import { openedOrNew } from './opened.js';
import { cursorOf, cursorText, limitOf, seqOf, statusesOf, whatIfOf } from './parameters.js';
import { axesOf, momentOf, pinsOf } from './pins.js';
import type { Axes, Moment } from './pins.js';
import { primitives } from './primitives.js';
import { found, resolve } from './references.js';
import type { Named } from './references.js';
import { snapshots } from './snapshots.js';
import type { Media } from './stores.js';

const views = VIEWS(primitives.sha256);
type ViewTables = { readonly [N in keyof typeof views]: ReadTables };

/** What a read runs over: tables of all views at one seq, and the pins to answer with. */
interface Reading {
  readonly model: ReadModel;
  readonly moment: Moment;
  readonly axes: Axes;
}

/** A ledger on media of this process. */
export interface LocalLedger extends Ledger {
  /** Says where this process serves it, so that other processes find it. */
  announce(url: string): void;
}

/** Opens a ledger over its media: who it is, its views caught up by the feed, its commands. */
export async function localLedger(
  media: Media,
  options: { readonly clock: Clock; readonly actor: string },
): Promise<LocalLedger> {
  const { events: store } = media;
  const { ledger, idSalt } = await openedOrNew(store, options.actor);
  const states = Object.values(views).map(view => ({ view, state: media.views.open(view) }));
  const live = Object.fromEntries(states.map(({ view, state }) => [view.name, state.tables])) as ViewTables;
  const projections: Projections = project(store, states);
  const past = snapshots(store, views);
  const ids = identity(idSalt);

  const feeds = feedsOf(store, eventAnswer);

  const headSeq = () => store.log.head().size - 1;
  const viewsAt = () => Math.min(...projections.all.map(p => p.state.checkpoint()?.seq ?? -1));
  const upToDate = async () => {
    await projections.caughtUp(headSeq());
    return live;
  };
  const writing: Writing = { store, identity: ids, ledger, upToDate };

  const reading = async (
    parameters: ReadParameters = {},
    pinned?: { readonly seq: number | null },
  ): Promise<Reading> => {
    const axes = axesOf(parameters);
    if (parameters.after !== undefined) await projections.caughtUp(seqOf('after', parameters.after));
    const at = viewsAt();
    const asked = momentOf(parameters.asOf, store.log, at < 0 ? null : at, options.clock());
    const moment = pinned === undefined ? asked : { ...asked, seq: pinned.seq, head: pinned.seq === at };
    const tables = moment.head || moment.seq === at ? live : await past.at(moment.seq);
    return { model: { ...tables, sha256: primitives.sha256, ...axes }, moment, axes };
  };
  const pinned = <T extends object>(answer: T, { moment, axes }: Reading): Pinned<T> => ({
    ...answer,
    pins: pinsOf(moment, axes, store.log),
  });
  const named = (section: Section, reference: string, { model }: Reading): Named =>
    found(resolve(section, bare(section, reference), model.references), section, reference);

  /** A read of one thing: resolve the reference at the pins, answer, pin. */
  const one = async <T extends object>(
    section: Section,
    reference: string,
    parameters: ReadParameters | undefined,
    answer: (id: string, model: ReadModel) => T | undefined,
  ): Promise<Pinned<T>> => {
    const at = await reading(parameters);
    const { id } = named(section, reference, at);
    return pinned(answer(id, at.model) as T, at);
  };

  const list = async <T>(
    name: string,
    parameters: ListParameters = {},
    page: (model: ReadModel, request: PageRequest) => Page<T>,
  ): Promise<List<T>> => {
    const { cursor, limit, after: _, ...filter } = parameters;
    const from = cursor === undefined ? undefined : cursorOf(name, filter, cursor);
    const at = await reading(parameters, from);
    const request = { limit: limitOf(limit), ...(from === undefined ? {} : { before: from.before }) };
    const { items, next } = page(at.model, request);
    const { seq } = at.moment;
    return pinned({ items, next: next === null ? null : cursorText(name, filter, { before: next, seq }) }, at);
  };

  const history = async (
    section: Section,
    reference: string,
    parameters: ReadParameters | undefined,
    tell: (events: Iterable<LedgerEvent>) => HistoryItem[],
  ) => {
    const at = await reading(parameters);
    const { stream } = named(section, reference, at);
    const seen: LedgerEvent[] = [];
    for await (const event of each(store.readStream(stream)))
      if (event.seq <= (at.moment.seq ?? -1)) seen.push(present(event));
    return pinned({ items: tell(seen) }, at);
  };

  return {
    url: media.url,
    execute: request => execute(request, writing),
    importDossier: async ({ actor, correlationId, ...request }) => {
      // Loaded when asked for: nobody who reads needs a YAML parser.
      const { importDossier, rehearsalStore } = await import('../../exchange/src/index.js');
      const dryRun = request.dryRun ?? false;
      const over = dryRun ? { ...writing, store: rehearsalStore(store) } : writing;
      const port = importPort(over, media.captures, { actor, correlationId, dryRun });
      const answer = await importDossier(request, port);
      await upToDate();
      return pinned(answer, await reading());
    },
    summary: async parameters => {
      const at = await reading(parameters);
      return pinned(summaryAnswer(at.model), at);
    },
    claims: parameters =>
      list('claims', parameters, (model, request) => {
        const { status, source, entity, topic } = parameters ?? {};
        return claimsPage(model, request, {
          ...(status === undefined ? {} : { status: statusesOf(status) }),
          ...(source === undefined ? {} : { source: sourceNamedIn(source, model) }),
          ...(entity === undefined ? {} : { entity }),
          ...(topic === undefined ? {} : { topic }),
        });
      }),
    claim: (reference, parameters) => one('claims', reference, parameters, claimAnswer),
    belief: (reference, parameters) => one('claims', reference, parameters, beliefAnswer),
    chain: (reference, parameters) => one('claims', reference, parameters, chainAnswer),
    history: (reference, parameters) => history('claims', reference, parameters, claimHistory),
    sources: parameters =>
      list('sources', parameters, (model, request) =>
        newestFirst(model.sources, request, id => sourceAnswer(id, model)),
      ),
    source: (reference, parameters) => one('sources', reference, parameters, sourceAnswer),
    impact: (reference, parameters) => {
      const change = whatIfOf(parameters?.whatIf);
      return one('sources', reference, parameters, (id, model) => impactAnswer(id, model, change));
    },
    captures: async (reference, parameters) => {
      const { id } = named('sources', reference, await reading(parameters));
      return list(`captures of ${id}`, parameters, (model, request) => capturePage(id, model, request));
    },
    sourceHistory: (reference, parameters) => history('sources', reference, parameters, sourceHistory),
    units: parameters =>
      list('units', parameters, (model, request) => newestFirst(model.units, request, id => unitAnswer(id, model))),
    unit: (reference, parameters) => one('units', reference, parameters, unitAnswer),
    event: async (seq, { after } = {}) => {
      if (after !== undefined) await projections.caughtUp(seqOf('after', after));
      const event = await store.readEvent(seq);
      if (event === undefined) throw new LedgerError('not-found', `no event has the seq ${String(seq)}`);
      return eventAnswer(present(event));
    },
    feed: (after, ready) => feeds.from(after, ready),
    locate: async (reference, sections) => {
      const { references } = await upToDate();
      const slash = /^([a-z]+)\/(.+)$/.exec(reference);
      const tried = slash === null ? sections : sections.filter(section => section === slash[1]);
      const hits = tried
        .map(section => resolve(section, slash?.[2] ?? reference, references))
        .filter(hit => hit !== undefined);
      const refused = hits.find(isRefusal);
      const things = hits.filter((hit): hit is Named => !isRefusal(hit));
      if (things.length > 1)
        throw new LedgerError(
          'ambiguous-reference',
          `"${reference}" may be ${things.map(t => `${t.section}/${t.id}`).join(' or ')}`,
          [],
          things.map(t => `${t.section}/${t.id}`),
        );
      const thing = things[0];
      if (thing === undefined) {
        if (refused !== undefined) throw new LedgerError(refused.refused, refused.detail, [], refused.candidates);
        throw new LedgerError('not-found', `nothing among ${sections.join(', ')} is called "${reference}"`);
      }
      const claim = thing.stream.startsWith('claim-') ? { claim: thing.stream.slice('claim-'.length) } : {};
      return { section: thing.section, id: thing.id, ...claim };
    },
    health: async () => ({
      ready: projections.all.every(p => p.stopped === undefined) && viewsAt() >= headSeq(),
      ledger,
      head: headSeq(),
      views: projections.all.map(({ view, state, stopped }) => ({
        name: view.name,
        version: view.version,
        seq: state.checkpoint()?.seq ?? -1,
        ...(stopped === undefined
          ? {}
          : { stopped: `event ${String(stopped.seq)} (${stopped.type}): ${stopped.error}` }),
      })),
    }),
    announce: url => {
      media.announce(url);
    },
    close: async () => {
      feeds.stop();
      await projections.stop();
      await media.close();
    },
  };
}

/** A reference may say its own section; where the section is known already it only has to agree. */
const bare = (section: Section, reference: string) =>
  reference.startsWith(`${section}/`) ? reference.slice(section.length + 1) : reference;

/** A filter that names a source which does not exist is a wrong parameter, not a missing page. */
function sourceNamedIn(reference: string, model: ReadModel): string {
  const named = resolve('sources', bare('sources', reference), model.references);
  if (named === undefined)
    throw new LedgerError('invalid-parameter', `source: no source is called "${reference}"`, [
      { pointer: 'source', code: 'unknown-reference', detail: `no source is called "${reference}"` },
    ]);
  return found(named, 'sources', reference).id;
}

function eventAnswer(event: LedgerEvent): EventAnswer {
  const { id, stream, revision, seq, type, schemaVersion, recordedAt, actor, commandId, commandHash } = event;
  const head = { id, stream, revision, seq, type, schemaVersion, recordedAt, actor, commandId, commandHash };
  const { correlationId, ledger, dataHash, wordsHash, data, words } = event;
  return { ...head, correlationId, ledger, dataHash, wordsHash, data, words };
}
