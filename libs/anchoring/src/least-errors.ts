/**
 * How many characters must be changed, put in or left out to make `pattern` the stretch of `text` that is most like it:
 * what `bestMatch` counts, without the place. Myers' bit vectors (1999) in blocks of 32 rows, as Hyyrö (2003) has them:
 * time proportional to the length of the text times a thirty-second of that of the pattern, whatever is in them.
 */
export function leastErrors(text: string, pattern: string): number {
  const size = pattern.length;
  const blocks = (size + 31) >> 5;
  const rowsOf = rows(pattern, blocks);
  const none = new Int32Array(blocks);
  const plus = new Int32Array(blocks).fill(-1);
  const minus = new Int32Array(blocks);
  const last = 1 << ((size - 1) & 31);
  let errors = size;
  let least = size;
  for (let column = 0; column < text.length; column += 1) {
    const equal = rowsOf.get(text.charCodeAt(column)) ?? none;
    let carry = 0;
    for (let block = 0; block < blocks; block += 1) {
      const [up, down] = [plus[block] as number, minus[block] as number];
      let same = equal[block] as number;
      const vertical = same | down;
      if (carry < 0) same |= 1;
      const horizontal = (((same & up) + up) ^ up) | same;
      let rises = down | ~(horizontal | up);
      let falls = up & horizontal;
      const edge = block === blocks - 1 ? last : -0x80000000;
      const out = (rises & edge) !== 0 ? 1 : (falls & edge) !== 0 ? -1 : 0;
      rises <<= 1;
      falls <<= 1;
      if (carry > 0) rises |= 1;
      else if (carry < 0) falls |= 1;
      plus[block] = falls | ~(vertical | rises);
      minus[block] = rises & vertical;
      carry = out;
    }
    errors += carry;
    if (errors < least) least = errors;
  }
  return least;
}

/** For each character the rows of the pattern that have it. */
function rows(pattern: string, blocks: number): Map<number, Int32Array> {
  const found = new Map<number, Int32Array>();
  for (let row = 0; row < pattern.length; row += 1) {
    const unit = pattern.charCodeAt(row);
    let of = found.get(unit);
    if (of === undefined) found.set(unit, (of = new Int32Array(blocks)));
    of[row >> 5] = (of[row >> 5] as number) | (1 << (row & 31));
  }
  return found;
}
