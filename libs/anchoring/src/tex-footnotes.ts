import type { Span } from './spans.js';

/** The comment with a note's number, if any, the command, and what ends the line after it. */
const FOOTNOTE = /(?:%[^\n]{0,80}\n)?\\footnote\{/g;

/** The footnotes of a TeX source: `span` interrupts the sentence, `note` is what stands in it. */
export function texFootnotes(source: string): { span: Span; note: Span }[] {
  const found: { span: Span; note: Span }[] = [];
  FOOTNOTE.lastIndex = 0;
  for (let match = FOOTNOTE.exec(source); match !== null; match = FOOTNOTE.exec(source)) {
    const start = match.index + match[0].length;
    const end = closingBrace(source, start);
    if (end < 0) break;
    found.push({ span: { start: match.index, end: end + 1 }, note: { start, end } });
    FOOTNOTE.lastIndex = end + 1;
  }
  return found;
}

function closingBrace(source: string, start: number): number {
  let depth = 1;
  for (let at = start; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
