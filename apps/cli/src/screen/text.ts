/** Of C0 and C1 all but the line feed, DEL, bidirectional overrides, lone surrogates: what could move or fool a terminal. */
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

/** People's words without what a terminal would obey; a tab becomes a blank, the rest is shown for what it is. */
export const clean = (text: string): string =>
  text.replace(UNPRINTABLE, c =>
    c === '\t' ? ' ' : `\\u${(c.codePointAt(0) as number).toString(16).padStart(4, '0')}`,
  );

/** An answer with every string in it cleaned: what screens are made of. */
export function cleaned<T>(value: T): T {
  if (typeof value === 'string') return clean(value) as T;
  if (Array.isArray(value)) return value.map(item => cleaned<unknown>(item)) as T;
  if (value instanceof Map) return new Map([...value].map(entry => cleaned<[unknown, unknown]>(entry))) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned<unknown>(inner)])) as T;
}

/** Latin letters and signs: a column each. */
// eslint-disable-next-line no-control-regex
const NARROW = /^[\u0000-\u02ff]*$/;

/** Columns that a terminal gives `text`: none to combining marks, two to East Asian wide characters and emoji. */
export function widthOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character.codePointAt(0) as number, character);
  return width;
}

function columnsOf(code: number, character: string): number {
  if (code < 0x300) return 1;
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** Unicode Standard Annex 11, the wide and full-width blocks. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** `text` in lines of at most `width` columns; a word that is longer is broken. */
export function wrapped(text: string, width: number): string[] {
  return text.split('\n').flatMap(line => wrappedLine(line, Math.max(1, width)));
}

function wrappedLine(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let filled = 0;
  for (const word of text.split(/ +/).flatMap(w => pieces(w, width))) {
    const wide = widthOf(word);
    if (line !== '' && filled + 1 + wide <= width) {
      line += ` ${word}`;
      filled += 1 + wide;
    } else {
      if (line !== '') lines.push(line);
      line = word;
      filled = wide;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [];
  let piece = '';
  for (const character of word) {
    if (widthOf(piece + character) > width) {
      found.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...found, piece];
}

/** `text` with blanks up to `width` columns. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const paddedLeft = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** "1 claim", "2 claims", "2 copies". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;

/** 1234567 as 1,234,567. (`toLocaleString` would load the data of all locales: 25 ms of a start.) */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** "A", "A and B", "A, B and C". */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) as string}`;
