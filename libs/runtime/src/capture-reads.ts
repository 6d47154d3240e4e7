import { LedgerError } from '@credence/contracts';
import type { Section } from '@credence/contracts';
import type { CaptureStore } from '@credence/kernel';
import { capturePage, captureRow, passagesPage } from '@credence/views';
import type { Page, PageRequest, ReadModel } from '@credence/views';
import { anchorIn, aroundPassage, captureIn, charactersOf, passageStatesOf, reanchored, textOf } from './captures.js';
import type { CaptureParameters, Ledger, List, ListParameters, PassagesParameters } from './ledger.js';
import type { Reading, Reads } from './over-time/reads.js';
import { sourceNamedIn } from './references.js';
import type { Named } from './references.js';
import type { Texts } from './texts.js';

type CaptureReads = Pick<
  Ledger,
  'captures' | 'captured' | 'capturedText' | 'around' | 'passages' | 'passagesIn' | 'anchor' | 'reanchoring'
>;

type PageOf<T> = (model: ReadModel, request: PageRequest) => Page<T>;

/** How the ledger reads; what is asked of captures and passages stands on these. */
export interface CaptureReading extends Pick<Reads, 'reading' | 'pinned'> {
  /** Where the cursor says, else where the pins say. */
  readingOf(name: string, parameters: ListParameters): Promise<Reading>;
  named(section: Section, reference: string, at: Reading): Named;
  list<T>(name: string, parameters: ListParameters | undefined, page: PageOf<T>): Promise<List<T>>;
  listAt<T>(at: Reading, name: string, parameters: ListParameters, page: PageOf<T>): List<T>;
  readonly texts: Texts;
  readonly captures: CaptureStore;
}

export function captureReads(reads: CaptureReading): CaptureReads {
  const { reading, readingOf, pinned, named, list, listAt, texts, captures } = reads;
  /** The capture that a reference names: of the source that is named beside it, else of the one that the reference means. */
  const capturedAt = async (reference: string, { source, ...parameters }: CaptureParameters = {}) => {
    const at = await reading(parameters);
    const { id, stream } = named('captures', reference, at);
    const owner = source === undefined ? stream.slice('source-'.length) : sourceNamedIn(source, at.model);
    return { at, capture: captureIn(id, owner, at.model) };
  };

  return {
    captures: async (reference, parameters) => {
      const { id } = named('sources', reference, await reading(parameters));
      return list(`captures of ${id}`, parameters, (model, request) => capturePage(id, model, request));
    },
    captured: async (reference, parameters) => {
      const { capture } = await capturedAt(reference, parameters);
      const bytes = await captures.get(capture.sha256);
      if (bytes === undefined)
        throw new LedgerError('store-unavailable', `the bytes of capture ${capture.sha256} are missing`);
      const { sha256, mediaType, size } = capture;
      return { sha256, mediaType, size, bytes };
    },
    capturedText: async (reference, parameters) => {
      const { capture } = await capturedAt(reference, parameters);
      return (await texts.captured(textOf(capture))).text;
    },
    around: async (reference, assertion, { characters, ...parameters } = {}) => {
      const { capture, at } = await capturedAt(reference, parameters);
      const { id } = named('assertions', assertion, at);
      return pinned(await aroundPassage(capture, id, charactersOf(characters), at.model, texts), at);
    },
    passagesIn: async (reference, parameters = {}) => {
      const name = `passages in ${reference}`;
      const at = await readingOf(name, parameters);
      const { id: capture } = named('captures', reference, at);
      const { source, states } = passagesAsked(parameters, at);
      return listAt(at, name, parameters, (model, page) =>
        passagesPage(model, page, { capture, ...(source === undefined ? {} : { owner: source }), ...states }),
      );
    },
    passages: async (parameters = {}) => {
      const at = await readingOf('passages', parameters);
      const { source, states } = passagesAsked(parameters, at);
      return listAt(at, 'passages', parameters, (model, page) =>
        passagesPage(model, page, { ...(source === undefined ? {} : { source }), ...states }),
      );
    },
    anchor: async (reference, question, parameters) => {
      const { capture, at } = await capturedAt(reference, parameters);
      return pinned(await anchorIn(capture, question, texts), at);
    },
    reanchoring: async (reference, { replaces, ...parameters } = {}) => {
      const { capture, at } = await capturedAt(reference, parameters);
      const other = replaces ?? capture.replaces;
      if (other === undefined)
        throw new LedgerError(
          'invalid-parameter',
          `replaces: capture ${capture.sha256} replaces none; say which is meant`,
          [{ pointer: 'replaces', code: 'required', detail: 'is missing' }],
        );
      const { id } = named('captures', other, at);
      const own = captureRow(id, capture.source, at.model) ?? captureIn(id, undefined, at.model);
      return pinned(await reanchored(capture, own, at.model, texts), at);
    },
  };
}

/** @throws invalid-parameter - no such source, or an unknown state */
function passagesAsked({ source, state }: PassagesParameters, { model }: Reading) {
  const states = passageStatesOf(state);
  return {
    source: source === undefined ? undefined : sourceNamedIn(source, model),
    states: states === undefined ? {} : { states },
  };
}
