import { prepared } from '@credence/anchoring';
import type { Prepared } from '@credence/anchoring';
import { answerTo } from './place.js';
import type { PlaceAnswer, PlaceQuestion } from './place.js';
import { textIn } from './text-bytes.js';
import type { TextBytes } from './text-bytes.js';

/** Questions about places in one text. */
export interface AnchorWork {
  /** Of the text and its pages: the same name is the same text. */
  readonly name: string;
  /** Needed where the text is not held. */
  readonly bytes?: TextBytes;
  readonly questions: readonly PlaceQuestion[];
}

/** `not-held`: to be asked again, with the bytes. */
export type AnchorAnswers = readonly PlaceAnswer[] | 'not-held';

/**
 * Answers from texts that are held ready, of at most `most` UTF-16 code units together; one is held, however large.
 * Those asked for last stay.
 */
export function answersFrom(most: number): (work: AnchorWork) => AnchorAnswers {
  const held = new Map<string, Prepared>();

  const keep = (name: string, text: Prepared) => {
    held.delete(name);
    held.set(name, text);
    let total = 0;
    for (const [old, { captured }] of [...held].reverse())
      if ((total += captured.text.length) > most && old !== name) held.delete(old);
  };

  return ({ name, bytes, questions }) => {
    const text = held.get(name) ?? (bytes === undefined ? undefined : prepared(textIn(bytes)));
    if (text === undefined) return 'not-held';
    keep(name, text);
    return questions.map(question => answerTo(question, text));
  };
}
