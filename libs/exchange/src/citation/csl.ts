/** CSL-JSON, as far as we make and render it (github.com/citation-style-language/schema, csl-data.json). */
export interface CslName {
  readonly family?: string;
  readonly given?: string;
  readonly 'non-dropping-particle'?: string;
  readonly 'dropping-particle'?: string;
  readonly suffix?: string;
  readonly literal?: string;
}

export type DateParts = readonly (readonly number[])[];

/** `date-parts` where the date is one, or a range; else `literal`, with the EDTF string that it came from. */
export interface CslDate {
  readonly 'date-parts'?: DateParts;
  readonly circa?: boolean;
  /** 1 spring to 4 winter. */
  readonly season?: number;
  readonly literal?: string;
  readonly edtf?: string;
}

export interface CslItem {
  readonly id: string;
  readonly type: string;
  readonly [name: string]: unknown;
}

/** A variable as it is printed: one blank for several. */
export function textIn(item: CslItem, name: string): string | undefined {
  const value = item[name];
  const text = typeof value === 'string' ? oneLine(value) : typeof value === 'number' ? String(value) : '';
  return text === '' ? undefined : text;
}

export const namesIn = (item: CslItem, name: string): readonly CslName[] =>
  Array.isArray(item[name]) ? (item[name] as CslName[]).map(tidy).filter(isSomebody) : [];

export const dateIn = (item: CslItem, name: string): CslDate | undefined => item[name] as CslDate | undefined;

/** Citations are plain text: the mark-up that CSL allows in a title (1.0.2, appendix) goes. */
const oneLine = (text: string) => text.replace(MARKUP, '').trim().replace(/\s+/g, ' ');
const MARKUP = /<\/?(?:i|b|sup|sub|sc|span(?: [^<>]*)?)>/g;

/** What is empty is not there. */
const tidy = (name: CslName): CslName =>
  Object.fromEntries(
    Object.entries(name)
      .map(([part, text]) => [part, typeof text === 'string' ? oneLine(text) : text] as const)
      .filter(([, text]) => text !== ''),
  );

const isSomebody = ({ family, given, literal }: CslName) => (family ?? given ?? literal) !== undefined;
