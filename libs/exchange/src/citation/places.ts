import type { CitedHop } from '@credence/views';
import { cslDate } from './csl-date.js';
import { chicagoDate } from './date-words.js';

/** Where in the document: "158, fn 1112 (PDF page 166)", the printed page after `sign`. A page of somebody else's document says nothing about this one. */
export function placeWords({ locator, page, pdfPage, capture }: CitedHop, sign = ''): string {
  if (capture?.of !== undefined) return locator ?? '';
  const printed = page === undefined || mentions(locator, page) ? [] : [`${sign}${String(page)}`];
  const places = [...printed, ...(locator === undefined ? [] : [locator])];
  const physical = pdfPage === undefined || String(pdfPage) === String(page) ? '' : `PDF page ${String(pdfPage)}`;
  if (places.length === 0) return physical;
  return `${places.join(', ')}${physical === '' ? '' : ` (${physical})`}`;
}

/** Whether a locator has the page already: "Vol. I p. 158, fn 1112". */
const mentions = (locator: string | undefined, page: string | number) =>
  new RegExp(`(?:^|[^\\p{L}\\p{N}])${String(page).replace(/[^\p{L}\p{N}]/gu, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(
    locator ?? '',
  );

/** How the quoted words stand in their capture, where not as they are quoted. */
export const foundWords = ({ passageState }: CitedHop): string | undefined =>
  passageState === undefined ? undefined : (STATES[passageState] ?? passageState);

/** What of the document is in our hands, and how the quoted words stand there. */
export function holdWords(hop: CitedHop): string {
  const { hold, capture } = hop;
  const found = foundWords(hop);
  const unseen = capture === undefined ? 'Seen by us, no copy kept' : undefined;
  const without = WITHOUT_A_COPY[hold] ?? unseen;
  if (capture === undefined || without !== undefined) return `${[without, found].filter(Boolean).join('; ')}.`;
  const { of, edition, retrievedAt, sha256 } = capture;
  const when = retrievedAt === undefined ? undefined : chicagoDate(cslDate(retrievedAt.edtf));
  const facts = [
    `Copy held: ${of === undefined ? '' : `in ${of}, `}SHA-256 ${sha256}`,
    ...(edition === undefined ? [] : [edition]),
    ...(when === undefined ? [] : [`retrieved ${when}`]),
    ...(found === undefined ? [] : [`where ${found}`]),
  ];
  return `${facts.join(', ')}.`;
}

const WITHOUT_A_COPY: Readonly<Record<string, string>> = {
  cited: 'Cited, not seen by us',
  redacted: 'Blacked out',
  unknown: 'Unknown: it is not said who',
};

const STATES: Readonly<Record<string, string>> = {
  moved: 'the quoted words stand in another place than named',
  altered: 'the quoted words stand otherwise',
  ambiguous: 'the quoted words stand in several places',
  lost: 'the quoted words were not found',
};
