/** UTF-16 code units of answers, as JSON, that are kept at once, and of the longest that is. */
const MOST = 8 * 1024 * 1024;
const LONGEST = 256 * 1024;

/** What was made of answers to know how long they are. */
const texts = new WeakMap<object, string>();

/** The answer as JSON, which an answer that is kept has already. */
export const jsonOf = (answer: object): string => texts.get(answer) ?? JSON.stringify(answer);

/**
 * Answers of the live views, kept until the ledger moves: what is asked again meanwhile is the very answer that was given.
 *
 * @param moment - what answers hang on besides what was asked: other numbers, another moment
 */
export function keptAnswers(moment: () => readonly [number, number]) {
  const kept = new Map<string, object>();
  let [seq, size, units] = [NaN, NaN, 0];
  const clear = () => {
    kept.clear();
    units = 0;
  };
  /** @param asked - says all that was asked */
  return <T extends object>(asked: string, answer: () => T): T => {
    const [seqNow, sizeNow] = moment();
    if (seqNow !== seq || sizeNow !== size) {
      [seq, size] = [seqNow, sizeNow];
      clear();
    }
    const known = kept.get(asked);
    if (known !== undefined) return known as T;
    const answered = answer();
    const text = JSON.stringify(answered);
    const { length } = text;
    texts.set(answered, text);
    if (length > LONGEST) return answered;
    if (units + length > MOST) clear();
    units += length;
    kept.set(asked, answered);
    return answered;
  };
}
