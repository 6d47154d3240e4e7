import { refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import { compiledBeside, Overrun, threadOf } from '@credence/threads';
import type { Thread, ThreadLimits } from '@credence/threads';
import { answersFrom } from './answers-from.js';
import type { AnchorAnswers, AnchorWork } from './answers-from.js';
import type { PlaceAnswer, PlaceQuestion } from './place.js';
import type { TextBytes } from './text-bytes.js';

/** A text in which places are asked for. */
export interface AskedText {
  /** Of the text and its pages: the same name is the same text. */
  readonly name: string;
  /** In characters. */
  readonly length: number;
  bytes(): Promise<TextBytes>;
}

/** An answer for each question, in their order; `too-large` for one that took more than the limits allow. */
export type Anchoring = (
  text: AskedText,
  questions: readonly PlaceQuestion[],
) => Promise<readonly (PlaceAnswer | Refusal)[]>;

const LIMITS: ThreadLimits = { deadlineMs: 30_000, memoryMb: 1024 };

/** A quotation and a text that are no longer are answered where they are: no input makes that long. */
const SMALL_TEXT = 32 * 1024;
const SHORT_QUOTE = 500;
/** UTF-16 code units of such texts that are held ready at once. */
const HELD_READY = 512 * 1024;

/**
 * Looks for places in a thread of its own, which is kept, with the texts last asked for ready in it: to prepare a text takes
 * time, and quotations can be made to take more. Where they take more than the limits the thread is ended, and begins anew.
 *
 * @param apart - the thread; undefined: everything is answered where it is asked
 */
export function anchoringApart(apart: Thread<AnchorWork, AnchorAnswers> | undefined): Anchoring {
  const here = answersFrom(HELD_READY);

  const inThread = (work: AnchorWork) => (apart === undefined ? here(work) : apart.ask(work));
  const asked = async ({ name, length, bytes }: AskedText, questions: readonly PlaceQuestion[]) => {
    const small = length <= SMALL_TEXT && questions.every(({ exact }) => exact.length <= SHORT_QUOTE);
    const ask = small ? here : inThread;
    const answers = await ask({ name, questions });
    if (answers !== 'not-held') return answers;
    return (await ask({ name, questions, bytes: await bytes() })) as readonly PlaceAnswer[];
  };

  return async function ask(text, questions) {
    try {
      return await asked(text, questions);
    } catch (error) {
      if (!(error instanceof Overrun)) throw error;
      if (questions.length === 1) return [tooMuch(error)];
      const each: (PlaceAnswer | Refusal)[] = [];
      for (const question of questions) each.push(...(await ask(text, [question])));
      return each;
    }
  };
}

function tooMuch({ code, limits: { deadlineMs, memoryMb } }: Overrun): Refusal {
  const most = code === 'too-long' ? `${String(deadlineMs / 1000)} seconds` : `${String(memoryMb)} MB of memory`;
  const detail = `to look for it in this text takes more than ${most}; quote less of it`;
  return refuse('too-large', `the quotation cannot be placed: ${detail}`, [
    { pointer: '/passage/exact', code, detail },
  ]);
}

/** @param worker - the compiled module of the thread; undefined: there is none */
export const anchorThread = (worker: string | undefined, limits = LIMITS) =>
  worker === undefined ? undefined : threadOf<AnchorWork, AnchorAnswers>(worker, limits);

/** The one of this process. */
export const anchoringOfProcess = anchoringApart(anchorThread(compiledBeside(import.meta.url, './anchor-worker.js')));
