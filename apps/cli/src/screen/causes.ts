import type { Cause, ClaimAnswer } from '@credence/views';
import { eventWords } from './events.js';
import { readerName, shortReference } from './names.js';

/** What the things on a claim are called, by id: its assertions, and the sources that speak there. */
export const namesOn = ({ assertions }: Pick<ClaimAnswer, 'assertions'>): ReadonlyMap<string, string> =>
  new Map(
    assertions.flatMap(({ id, key, source }) => [
      [id, `${readerName(source)} (${shortReference({ id, ...(key === undefined ? {} : { key }) })})`] as const,
      ...(source === null ? [] : [[source.id, readerName(source)] as const]),
    ]),
  );

/** "source graded, Nora Winter: she was there" */
export function causeText({ type, id, reason }: Cause, names: ReadonlyMap<string, string> = new Map()): string {
  const name = names.get(id);
  return `${eventWords(type)}${name === undefined ? '' : `, ${name}`}${reason === undefined ? '' : `: ${reason}`}`;
}
