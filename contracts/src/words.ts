/** A value in a message: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${String(value.length)}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

/** " (did you mean x?)" where one of the known words is close enough, else nothing. */
export function meant(found: string, known: readonly string[]): string {
  const near = known
    .map(word => ({ word, distance: editDistance(found.toLowerCase(), word.toLowerCase()) }))
    .filter(
      ({ word, distance }) =>
        distance < Math.max(word.length, found.length) &&
        distance <= Math.max(1, Math.floor(Math.min(word.length, found.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? '' : ` (did you mean ${near.word}?)`;
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
