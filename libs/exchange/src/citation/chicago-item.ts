import { dateIn, namesIn, textIn } from './csl.js';
import type { CslItem } from './csl.js';
import { chicagoDate, yearOf } from './date-words.js';
import { chicagoNames } from './names.js';

/** A title in quotation marks draws the comma that follows into them; the rest is joined by commas. */
type Part = string | { readonly quoted: string } | undefined;

/**
 * A source as a full note has it (Chicago Manual of Style, 17th edition, chapter 14), without number and final period. Plain
 * text: titles that the manual sets in italics stand as they are.
 *
 * @param locator - the place cited, as the manual writes it: "158", "fn 1112"
 */
export function chicagoItem(item: CslItem, locator?: string): string {
  const at = locator === '' ? undefined : locator;
  switch (item.type) {
    case 'article-journal':
      return journal(item, at);
    case 'article-newspaper':
    case 'article-magazine':
    case 'review':
    case 'review-book':
      return periodical(item, at);
    case 'webpage':
    case 'post':
    case 'post-weblog':
      return web(item, at);
    case 'book':
    case 'report':
    case 'collection':
    case 'classic':
    case 'pamphlet':
    case 'standard':
    case 'software':
    case 'dataset':
    case 'map':
      return book(item, at);
    case 'chapter':
    case 'entry':
    case 'entry-dictionary':
    case 'entry-encyclopedia':
    case 'paper-conference':
      return chapter(item, at);
    case 'thesis':
      return joined(
        author(item),
        quoted(item),
        inBrackets(textIn(item, 'genre') ?? 'thesis', textIn(item, 'publisher'), year(item)),
        at,
        link(item),
      );
    case 'interview':
      return interview(item, at);
    case 'personal_communication':
      return joined(author(item), communication(item), date(item), at);
    case 'speech':
      return joined(
        author(item),
        quoted(item),
        inBrackets(textIn(item, 'genre') ?? 'speech', textIn(item, 'event'), textIn(item, 'event-place'), date(item)),
        at,
        link(item),
      );
    case 'hearing':
      return joined(
        textIn(item, 'title'),
        textIn(item, 'section'),
        textIn(item, 'container-title'),
        date(item),
        statement(item),
        at,
        link(item),
      );
    case 'legal_case':
      return legalCase(item, at);
    case 'bill':
    case 'legislation':
    case 'regulation':
    case 'treaty':
      return law(item, at);
    default:
      return document(item, at);
  }
}

const author = (item: CslItem): Part => {
  const names = namesIn(item, 'author');
  return names.length === 0 ? undefined : chicagoNames(names);
};
const quoted = (item: CslItem): Part => {
  const title = textIn(item, 'title');
  return title === undefined ? undefined : { quoted: title };
};
const date = (item: CslItem) => chicagoDate(dateIn(item, 'issued'));
const year = (item: CslItem) => yearOf(dateIn(item, 'issued'));
const accessed = (item: CslItem) => {
  const when = chicagoDate(dateIn(item, 'accessed'));
  return when === undefined ? undefined : `accessed ${when}`;
};
const link = (item: CslItem) => {
  const doi = textIn(item, 'DOI');
  return doi === undefined
    ? textIn(item, 'URL')
    : `https://doi.org/${doi.replace(/^https?:\/\/(dx\.)?doi\.org\//, '')}`;
};
const labelled = (label: string, text: string | undefined) => (text === undefined ? undefined : `${label} ${text}`);
const byNames = (label: string, item: CslItem, role: string) => {
  const names = namesIn(item, role);
  return names.length === 0 ? undefined : `${label} ${chicagoNames(names)}`;
};

/** “Title,” Journal 38, no. 1 (2017): 95 */
function journal(item: CslItem, locator: string | undefined): string {
  const [volume, issue] = [textIn(item, 'volume'), textIn(item, 'issue')];
  const number = [volume, labelled('no.', issue)].filter(part => part !== undefined).join(', ');
  const when = date(item);
  const place = locator ?? textIn(item, 'page');
  const container = [textIn(item, 'container-title'), number, when === undefined ? undefined : `(${when})`].filter(
    part => part !== undefined && part !== '',
  );
  return joined(
    author(item),
    quoted(item),
    `${container.join(' ')}${place === undefined ? '' : `: ${place}`}`,
    link(item),
  );
}

/** “Title,” Paper, April 17, 2017, 43 */
const periodical = (item: CslItem, locator: string | undefined) =>
  joined(author(item), quoted(item), textIn(item, 'container-title'), date(item), locator, link(item));

/** “Title,” Site, Owner, April 17, 2017, https://…; with the day of access where the page has no date. */
const web = (item: CslItem, locator: string | undefined) =>
  joined(
    author(item),
    quoted(item),
    textIn(item, 'container-title'),
    textIn(item, 'publisher'),
    date(item) ?? accessed(item),
    locator,
    link(item),
  );

/** Title, trans. B, ed. C, 2nd ed., vol. 1 (Place: Publisher, 2016), 315 */
function book(item: CslItem, locator: string | undefined): string {
  return joined(
    author(item),
    textIn(item, 'title'),
    ...edited(item),
    labelled('vol.', textIn(item, 'volume')),
    numbered(item),
    published(item),
    locator,
    link(item),
  );
}

/** “Chapter,” in Book, ed. C (Place: Publisher, 2016), 177 */
function chapter(item: CslItem, locator: string | undefined): string {
  const place = locator ?? textIn(item, 'page');
  return joined(
    author(item),
    quoted(item),
    labelled('in', textIn(item, 'container-title')),
    ...edited(item),
    labelled('vol.', textIn(item, 'volume')),
    published(item),
    place,
    link(item),
  );
}

const edited = (item: CslItem): Part[] => {
  const edition = textIn(item, 'edition');
  return [
    byNames('trans.', item, 'translator'),
    byNames('ed.', item, 'editor'),
    edition !== undefined && /^\d+$/.test(edition) ? `${ordinal(Number(edition))} ed.` : edition,
  ];
};

const numbered = (item: CslItem) => {
  const [genre, number] = [textIn(item, 'genre'), textIn(item, 'number')];
  return number === undefined ? undefined : `${genre ?? 'no.'} ${number}`;
};

function published(item: CslItem): string | undefined {
  const [place, publisher] = [textIn(item, 'publisher-place'), textIn(item, 'publisher')];
  const house = place !== undefined && publisher !== undefined ? `${place}: ${publisher}` : (publisher ?? place);
  return inBrackets(
    house,
    item.type === 'book' || item.type === 'chapter' ? (year(item) ?? 'n.d.') : (date(item) ?? 'n.d.'),
  );
}

/** Name, “Title,” interview by B, Programme, April 19, 2017 */
const interview = (item: CslItem, locator: string | undefined) =>
  joined(
    author(item),
    quoted(item),
    byNames('interview by', item, 'interviewer') ?? 'interview',
    textIn(item, 'container-title'),
    textIn(item, 'publisher'),
    date(item),
    locator,
    link(item),
  );

/** Name, email to the author, August 1, 2017 */
function communication(item: CslItem): string {
  const kind = textIn(item, 'genre') ?? 'personal communication';
  return byNames(`${kind} to`, item, 'recipient') ?? kind;
}

const statement = (item: CslItem) => {
  const names = namesIn(item, 'author');
  return names.length === 0 ? undefined : `(statement of ${chicagoNames(names)})`;
};

/** After the Bluebook: Bundy v. Jackson, 641 F.2d 934, 941 (D.C. Cir. 1981) */
function legalCase(item: CslItem, locator: string | undefined): string {
  const report = [textIn(item, 'volume'), textIn(item, 'container-title'), textIn(item, 'page')].filter(
    part => part !== undefined,
  );
  const number = textIn(item, 'number');
  const place = report.length > 0 ? report.join(' ') : number === undefined ? undefined : `No. ${number}`;
  const court = [textIn(item, 'authority'), year(item)].filter(part => part !== undefined).join(' ');
  return joined(textIn(item, 'title'), place, locator, court === '' ? undefined : `(${court})`, link(item));
}

/** After the Bluebook: Homeland Security Act of 2002, 6 U.S.C. § 101 (2012) */
function law(item: CslItem, locator: string | undefined): string {
  const section = textIn(item, 'section');
  const code = [
    textIn(item, 'volume'),
    textIn(item, 'container-title') ?? textIn(item, 'number'),
    section === undefined ? undefined : `§ ${section.replace(/^§+ */, '')}`,
  ];
  const when = item.type === 'treaty' ? date(item) : year(item);
  const place = code.filter(part => part !== undefined).join(' ');
  return joined(
    textIn(item, 'title'),
    place === '' ? undefined : place,
    locator,
    when === undefined ? undefined : `(${when})`,
    link(item),
  );
}

/** What is described rather than called something stands without quotation marks. */
const document = (item: CslItem, locator: string | undefined) =>
  joined(
    author(item),
    textIn(item, 'title'),
    textIn(item, 'genre'),
    textIn(item, 'container-title'),
    textIn(item, 'publisher'),
    date(item),
    locator,
    textIn(item, 'archive_location'),
    textIn(item, 'archive'),
    link(item),
  );

const inBrackets = (...parts: (string | undefined)[]) => {
  const some = parts.filter(part => part !== undefined);
  return some.length === 0 ? undefined : `(${some.join(', ')})`;
};

function joined(...parts: readonly Part[]): string {
  const some = parts.filter((part): part is Exclude<Part, undefined> => part !== undefined && part !== '');
  let text = '';
  for (const [i, part] of some.entries()) {
    const next = some[i + 1];
    const comma = next === undefined || (typeof next === 'string' && next.startsWith('(')) ? '' : ',';
    if (typeof part === 'string') text += `${part}${comma}`;
    else text += `“${nested(part.quoted)}${/[?!]$/.test(part.quoted) ? '' : comma}”`;
    if (next !== undefined) text += ' ';
  }
  return text;
}

/** 13.30: quotation marks within quotation marks are single ones. */
const nested = (title: string) =>
  title
    .replace(/[“„]/g, '‘')
    .replace(/”/g, '’')
    .replace(/(^|[\s([])"/g, '$1‘')
    .replaceAll('"', '’');

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${String(n)}${suffix}`;
}
