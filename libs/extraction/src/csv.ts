import { pagesOfFormFeeds } from '@credence/anchoring';
import type { Page } from '@credence/anchoring';
import { parse } from 'csv-parse/sync';
import { MAX_PAGES, Stopped, unreadable } from './extracted.js';

/**
 * Of a table whose columns are called page, line and text, as machine readings of scans come: the rows of a page joined
 * by line feeds, the pages divided by form feeds, in the order of the file. Undefined of any other table: that is text.
 *
 * @throws Stopped
 */
export function pagedText(csv: string): { readonly text: string; readonly pages: readonly Page[] } | undefined {
  const head = csv.slice(0, csv.search(/[\r\n]|$/)).toLowerCase();
  const names = head.split(',').map(name => name.trim().replace(/^"(.*)"$/, '$1'));
  if (!['page', 'line', 'text'].every(name => names.includes(name))) return undefined;
  let rows: Record<string, string>[];
  try {
    rows = parse(csv, { columns: names, from: 2, bom: true });
  } catch (error) {
    throw new Stopped(unreadable('broken', `is no CSV: ${(error as Error).message}`));
  }
  const pages = new Map<number, string[]>();
  for (const [i, { page = '', text = '' }] of rows.entries()) {
    const number = /^\s*[0-9]{1,9}\s*$/.test(page) ? Number(page) : 0;
    if (number < 1)
      throw new Stopped(unreadable('broken', `row ${String(i + 2)}: page is "${page}", wanted a number from 1`));
    const lines = pages.get(number);
    if (lines !== undefined) lines.push(text);
    else if (pages.size === MAX_PAGES)
      throw new Stopped(unreadable('too-large', `it has more than ${String(MAX_PAGES)} pages`));
    else pages.set(number, [text]);
  }
  // A form feed inside a row would begin a page that is none.
  const text = [...pages.values()].map(lines => lines.join('\n').replaceAll('\f', ' ')).join('\f');
  return { text, pages: pagesOfFormFeeds(text, [...pages.keys()]) };
}
