import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

import { pagesOfFormFeeds, type CapturedText } from '@credence/anchoring';

/** The rows of a page joined by line feeds, the pages divided by form feeds (WIRE.md, the dossier). */
export function csvText(file: string): CapturedText {
  const rows = parse<{ page: string; text: string }>(readFileSync(file), { columns: true });
  const pages = Map.groupBy(rows, ({ page }) => Number(page));
  const text = [...pages.values()].map(lines => lines.map(line => line.text).join('\n')).join('\f');
  return { text, pages: pagesOfFormFeeds(text, [...pages.keys()]) };
}

/** The second machine reading: pages behind lines that name them, Windows-1252. */
export function secondReading(file: string): CapturedText {
  const marked = new TextDecoder('windows-1252').decode(readFileSync(file));
  const numbers = [...marked.matchAll(/^=== PDF PAGE (\d+) ===$/gm)].map(match => Number(match[1]));
  const text = marked.replace(/^=== PDF PAGE \d+ ===\n/gm, '').replace(/\f\s*$/, '');
  return { text, pages: pagesOfFormFeeds(text, numbers) };
}

export const plainFile = (...path: string[]): CapturedText => ({ text: readFileSync(join(...path), 'utf8') });

/** A sentence of a TeX transcription, as it would be quoted. */
export interface TexSentence {
  readonly text: string;
  readonly note: boolean;
  /** Whether a footnote hangs on it. */
  readonly noted: boolean;
  /** The same with ▒ where something is blacked out. */
  readonly marked: string;
}

/** The sentences of at least `least` characters, one a line in the source; commands undone, footnotes by themselves. */
export function texSentences(source: string, least: number): TexSentence[] {
  const sentences: TexSentence[] = [];
  let depth = 0;
  const lines = source.replace(/(?<!\\)%[^\n]*\n?/g, '\n').split('\n');
  for (const [at, line] of lines.entries()) {
    const note = depth > 0 || line.startsWith('\\footnote');
    if (note) depth += line.split(/(?<!\\)\{/).length - line.split(/(?<!\\)\}/).length;
    const marked = untexed(line.replace('\\footnote', ''));
    const text = marked.replaceAll('▒', ' ').replace(/\s+/g, ' ').trim();
    if (text.length >= least)
      sentences.push({ text, note, noted: !note && lines[at + 1]?.startsWith('\\footnote') === true, marked });
  }
  return sentences;
}

function untexed(line: string): string {
  let text = line.replace(/\\hyper(?:link|ref)(?:\[[^\]]*\])?\{[^{}]*\}/g, '').replace(/\\blackout\{[^{}]*\}/g, '▒');
  for (let depth = 0; depth < 3; depth += 1) {
    text = text.replace(/\\(?:textit|hr|url|UseVerb|(?:sub)*section|(?:sub)?paragraph)\*?\{([^{}]*)\}/g, '$1');
  }
  const plain: [RegExp, string][] = [
    [/\\null/g, ''],
    [/\\dots/g, '...'],
    [/\\P/g, '¶'],
    [/\\S/g, '§'],
    [/~|\\ /g, ' '],
    [/\\([&_%$#])/g, '$1'],
    [/---/g, '—'],
    [/--/g, '–'],
    [/``|''/g, '"'],
    [/[{}]/g, ''],
    [/\s+/g, ' '],
  ];
  return plain.reduce((done, [from, to]) => done.replace(from, to), text).trim();
}
