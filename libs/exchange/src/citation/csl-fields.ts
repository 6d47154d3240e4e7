import { cslDate } from './csl-date.js';
import type { CslDate, CslName } from './csl.js';

/** The variables of CSL 1.0.2 by the shape of their values (csl-data.json of the CSL schema). */
const words = (text: string) => text.split(/\s+/).filter(word => word !== '');
export const TYPES =
  words(`article article-journal article-magazine article-newspaper bill book broadcast chapter classic
  collection dataset document entry entry-dictionary entry-encyclopedia figure graphic hearing interview legal_case legislation
  manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication
  post post-weblog regulation report review review-book software song speech standard thesis treaty webpage`);
const TEXTS = words(`language journalAbbreviation shortTitle abstract annote archive archive_collection archive_location
  archive-place authority call-number citation-label collection-title container-title container-title-short dimensions division
  DOI event event-place genre ISAN ISBN ISCI ISMN ISRC ISSN ISWC jurisdiction keyword medium note original-publisher
  original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-title scale section
  source status title title-short translated-title translated-title-short URL version year-suffix chapter-number citation-number
  collection-number edition issue locator number number-of-pages number-of-volumes page page-first part printing supplement
  volume`);
const NAMES =
  words(`author chair collection-editor compiler composer container-author contributor curator director editor
  editorial-director executive-producer interviewer illustrator organizer original-author performer producer recipient
  reviewed-author translator`);
const DATES = words('accessed available-date container event-date issued original-date submitted');
const PARTS_OF_NAMES = words(
  'family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering literal parse-names',
);

/**
 * What a source has among its bibliographic fields, in the shapes that the CSL schema asks for: numbers as text, a name that
 * is a string as a literal one, dates from EDTF. What CSL has no variable for, or no such shape, goes into `custom`: nothing
 * that somebody entered is dropped.
 */
export function cslFields(cite: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(cite)) {
    const shaped = fieldOf(name, value);
    if (shaped === undefined) custom[name] = value;
    else fields[name] = shaped;
  }
  return Object.keys(custom).length === 0 ? fields : { ...fields, custom };
}

function fieldOf(name: string, value: unknown): unknown {
  if (name === 'type') return TYPES.includes(value as string) ? value : undefined;
  if (TEXTS.includes(name)) return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  if (NAMES.includes(name)) return namesOf(value);
  if (DATES.includes(name)) return dateOf(value);
  if (name === 'categories')
    return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined;
  return undefined;
}

function namesOf(value: unknown): CslName[] | undefined {
  const list = Array.isArray(value) ? value : [value];
  const names = list.map(nameOf).filter(name => name !== undefined);
  return names.length === list.length && names.length > 0 ? names : undefined;
}

function nameOf(value: unknown): CslName | undefined {
  if (typeof value === 'string') return value === '' ? undefined : { literal: value };
  if (!isRecord(value)) return undefined;
  const parts = Object.entries(value).filter(
    ([part, text]) => PARTS_OF_NAMES.includes(part) && ['string', 'number', 'boolean'].includes(typeof text),
  );
  const name = Object.fromEntries(parts.map(([part, text]) => [part, typeof text === 'number' ? String(text) : text]));
  return typeof name['family'] === 'string' || typeof name['given'] === 'string' || typeof name['literal'] === 'string'
    ? name
    : undefined;
}

/** EDTF, a bare year, or a CSL date: of a valid one its own parts, else what it says in words. */
function dateOf(value: unknown): CslDate | undefined {
  if (typeof value === 'string' || typeof value === 'number') return cslDate(String(value));
  if (!isRecord(value)) return undefined;
  const { 'date-parts': given, circa, season, literal, raw, edtf } = value;
  const parts = partsOf(given);
  const about = circa === undefined || circa === false || circa === 0 ? {} : { circa: true };
  const inSeason = Number(season);
  if (parts !== undefined)
    return { 'date-parts': parts, ...about, ...(inSeason >= 1 && inSeason <= 4 ? { season: inSeason } : {}) };
  if (typeof edtf === 'string') return cslDate(edtf);
  if (typeof literal === 'string' && literal !== '') return { literal };
  return typeof raw === 'string' && raw !== '' ? cslDate(raw) : undefined;
}

function partsOf(value: unknown): number[][] | undefined {
  if (!Array.isArray(value) || value.length < 1 || value.length > 2) return undefined;
  const dates = value.map(date =>
    Array.isArray(date) ? date.filter(part => part !== '' && part !== null).map(part => Number(part)) : [],
  );
  const isDate = ([year, month = 1, day = 1, ...more]: number[]) =>
    Number.isInteger(year) && month >= 1 && month <= 12 && day >= 1 && day <= 31 && more.length === 0;
  return dates.every(date => date.length > 0 && date.every(Number.isInteger) && isDate(date)) ? dates : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
