/** A stretch of a text that is like a pattern: `errors` characters must be changed, put in or left out. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly errors: number;
}

/**
 * The stretch of `text` most like `pattern`, with at most `allowed` errors; of equally like ones the one nearest in
 * length, then the first. Sellers' algorithm (1980) with Ukkonen's cut-off (1985): time proportional to the length of
 * the text times the errors allowed, whatever the text.
 */
export function bestMatch(text: string, pattern: string, allowed: number): Match | undefined {
  const size = pattern.length;
  const costs = Int32Array.from({ length: size + 1 }, (_, row) => row);
  const starts = new Int32Array(size + 1);
  let most = Math.min(allowed, size);
  let last = most;
  let best: Match | undefined;
  for (let column = 0; column < text.length; column += 1) {
    const unit = text.charCodeAt(column);
    let [diagonal, diagonalStart] = [0, column];
    let [above, aboveStart] = [0, column + 1];
    const top = Math.min(last + 1, size);
    let reached = 0;
    for (let row = 1; row <= top; row += 1) {
      const left = row <= last ? (costs[row] as number) : size + text.length;
      const leftStart = starts[row] as number;
      let cost = diagonal + (pattern.charCodeAt(row - 1) === unit ? 0 : 1);
      let start = diagonalStart;
      if (left + 1 < cost) [cost, start] = [left + 1, leftStart];
      if (above + 1 < cost) [cost, start] = [above + 1, aboveStart];
      [diagonal, diagonalStart] = [left, leftStart];
      costs[row] = cost;
      starts[row] = start;
      above = cost;
      aboveStart = start;
      if (cost <= most) reached = row;
    }
    last = reached;
    if (reached === size) {
      const match = { start: starts[size] as number, end: column + 1, errors: costs[size] as number };
      if (best === undefined || match.errors < best.errors || lengthOff(match, size) < lengthOff(best, size))
        best = match;
      most = best.errors;
    }
  }
  return best;
}

const lengthOff = ({ start, end }: Match, size: number) => Math.abs(end - start - size);
