import type { Piece } from './piece.js';

/** Top members of a file in block style. */
export function* blockPieces(text: string): Generator<Piece> {
  const lines = text.split('\n');
  let start = 0;
  while (start < lines.length && isBlank(lines[start] as string)) start++;
  while (start < lines.length) {
    let end = start + 1;
    while (end < lines.length && !/^[^\s#-]/.test(lines[end] as string)) end++;
    const head = /^([A-Za-z]+):[ ]*(#.*)?$/.exec(lines[start] as string);
    const name = /^"?([A-Za-z]+)"?:/.exec(lines[start] as string)?.[1] ?? '';
    const items = head === null ? undefined : blockItems(lines, start + 1, end);
    yield {
      name,
      line: start + 1,
      text: items === undefined ? lines.slice(start, end).join('\n') : '',
      ...(items === undefined ? {} : { items }),
    };
    start = end;
  }
}

function blockItems(lines: readonly string[], from: number, to: number): Piece['items'] {
  let first = from;
  while (first < to && isBlank(lines[first] as string)) first++;
  const dash = /^( *)-( |$)/.exec(lines[first] ?? '')?.[1];
  if (dash === undefined) return undefined;
  const begins = new RegExp(`^${dash}-( |$)`);
  const starts: number[] = [];
  for (let i = first; i < to; i++) if (begins.test(lines[i] as string)) starts.push(i);
  return starts.map((start, i) => ({ line: start + 1, text: lines.slice(start, starts[i + 1] ?? to).join('\n') }));
}

const isBlank = (line: string) => /^\s*(#.*)?$/.test(line);
