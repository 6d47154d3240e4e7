import { dateIn, namesIn, textIn } from './csl.js';
import type { CslItem } from './csl.js';
import { apaDate, chicagoDate, yearOf } from './date-words.js';
import { apaEditors, apaNames, inOrder } from './names.js';

/**
 * A source as a list of references has it (Publication Manual of the American Psychological Association, 7th edition,
 * chapters 9 to 11). Plain text: what the manual sets in italics stands as it is. Titles keep the case that they have.
 */
export function apaItem(item: CslItem): string {
  switch (item.type) {
    case 'article-journal':
    case 'article-magazine':
    case 'review':
    case 'review-book':
      return reference(item, { title: titleOf(item), source: inPeriodical(item) });
    case 'article-newspaper':
      return reference(item, { title: titleOf(item), source: textIn(item, 'container-title') });
    case 'chapter':
    case 'entry-dictionary':
    case 'entry-encyclopedia':
    case 'paper-conference':
      return reference(item, { title: titleOf(item), source: inBook(item) });
    case 'entry':
      return reference(item, {
        title: titleOf(item, bracketed(textIn(item, 'version'))),
        source: textIn(item, 'container-title'),
      });
    case 'thesis':
      return reference(item, {
        title: `${titleOf(item) ?? ''} [${[textIn(item, 'genre') ?? 'Thesis', textIn(item, 'publisher')].filter(part => part !== undefined).join(', ')}]`,
        source: textIn(item, 'archive'),
      });
    case 'interview':
      return reference(item, {
        title: `${titleOf(item) ?? ''} [Interview]`.trim(),
        source: textIn(item, 'container-title') ?? textIn(item, 'publisher'),
      });
    case 'speech':
      return reference(item, {
        title: `${titleOf(item) ?? ''} [${textIn(item, 'genre') ?? 'Speech'}]`.trim(),
        source: [textIn(item, 'event'), textIn(item, 'event-place')].filter(part => part !== undefined).join(', '),
      });
    case 'personal_communication':
      return communication(item);
    case 'legal_case':
      return legalCase(item);
    case 'hearing':
      return hearing(item);
    case 'bill':
    case 'legislation':
    case 'regulation':
    case 'treaty':
      return law(item);
    case 'webpage':
    case 'post':
    case 'post-weblog':
      return reference(item, {
        title: titleOf(item),
        source: textIn(item, 'container-title') ?? textIn(item, 'publisher'),
      });
    default:
      return reference(item, {
        title: titleOf(item, ...numbersOf(item)),
        source: textIn(item, 'publisher') ?? textIn(item, 'container-title'),
      });
  }
}

interface Reference {
  readonly title: string | undefined;
  readonly source: string | undefined;
}

/** 9.4: author. (date). title. source. A work without an author begins with its title (9.12); one that is its own publisher says so once (9.29). */
function reference(item: CslItem, { title, source }: Reference): string {
  const names = namesIn(item, 'author');
  const author = names.length > 0 ? apaNames(names) : undefined;
  const date = `(${apaDate(dateIn(item, 'issued'))})`;
  const head = author !== undefined ? [author, date, title] : title !== undefined ? [title, date] : [source, date];
  const isAuthor = source !== undefined && (source === author || (author === undefined && title === undefined));
  return sentences([...head, ...(isAuthor || source === '' ? [] : [source])], link(item));
}

function sentences(parts: readonly (string | undefined)[], link: string | undefined): string {
  const text = parts
    .filter(part => part !== undefined && part !== '')
    .map(part => (/[.?!]$/.test(part as string) ? part : `${part as string}.`))
    .join(' ');
  // No period after an address.
  return link === undefined ? text : `${text} ${link}`;
}

const titleOf = (item: CslItem, ...brackets: (string | undefined)[]): string | undefined => {
  const title = textIn(item, 'title');
  const some = brackets.filter(part => part !== undefined);
  return title === undefined ? undefined : [title, ...some].join(' ');
};

const bracketed = (text: string | undefined) => (text === undefined ? undefined : `(${text})`);

/** 9.19: (2nd ed., Vol. 1, Report No. 12) */
function numbersOf(item: CslItem): (string | undefined)[] {
  const [edition, volume, number] = [textIn(item, 'edition'), textIn(item, 'volume'), textIn(item, 'number')];
  const parts = [
    edition === undefined ? undefined : /^\d+$/.test(edition) ? `${ordinal(Number(edition))} ed.` : edition,
    volume === undefined ? undefined : `Vol. ${volume}`,
    number === undefined ? undefined : `${textIn(item, 'genre') ?? 'No.'} ${number}`,
  ].filter(part => part !== undefined);
  return [bracketed(parts.length === 0 ? undefined : parts.join(', '))];
}

/** Journal, 8(3), 207–217 */
function inPeriodical(item: CslItem): string {
  const [volume, issue] = [textIn(item, 'volume'), textIn(item, 'issue')];
  const number =
    volume === undefined
      ? issue === undefined
        ? undefined
        : `(${issue})`
      : `${volume}${issue === undefined ? '' : `(${issue})`}`;
  return [textIn(item, 'container-title'), number, textIn(item, 'page')].filter(part => part !== undefined).join(', ');
}

/** In R. F. One & P. Two (Eds.), Book (pp. 345–359). Publisher */
function inBook(item: CslItem): string {
  const editors = namesIn(item, 'editor');
  const page = textIn(item, 'page');
  const pages = page === undefined ? undefined : `${/\d[–-]\d/.test(page) ? 'pp.' : 'p.'} ${page}`;
  const edition = textIn(item, 'edition');
  const brackets = [
    edition === undefined ? undefined : `${/^\d+$/.test(edition) ? ordinal(Number(edition)) : edition} ed.`,
    pages,
  ].filter(part => part !== undefined);
  const book = [textIn(item, 'container-title'), ...(brackets.length === 0 ? [] : [`(${brackets.join(', ')})`])]
    .filter(part => part !== undefined)
    .join(' ');
  const inside = `In ${[...(editors.length === 0 ? [] : [apaEditors(editors)]), book].join(', ')}`;
  const publisher = textIn(item, 'publisher');
  return publisher === undefined ? inside : `${inside}. ${publisher}`;
}

/** 8.9: cited where it is used, and in no list; here it is both. */
function communication(item: CslItem): string {
  const names = namesIn(item, 'author').map(inOrder);
  const date = chicagoDate(dateIn(item, 'issued')) ?? 'n.d.';
  return `${names.join(' & ')} (${textIn(item, 'genre') ?? 'personal communication'}, ${date}).`;
}

/** 11.4, after the Bluebook: Brown v. Board of Education, 347 U.S. 483 (1954). */
function legalCase(item: CslItem): string {
  const report = [textIn(item, 'volume'), textIn(item, 'container-title'), textIn(item, 'page')]
    .filter(part => part !== undefined)
    .join(' ');
  const number = textIn(item, 'number');
  const place = report !== '' ? report : number === undefined ? undefined : `No. ${number}`;
  const court = [textIn(item, 'authority'), yearOf(dateIn(item, 'issued'))]
    .filter(part => part !== undefined)
    .join(' ');
  return sentences(
    [
      `${[textIn(item, 'title'), place].filter(part => part !== undefined).join(', ')}${court === '' ? '' : ` (${court})`}`,
    ],
    link(item),
  );
}

/** 11.6: Title, Committee, 114th Cong. (2016) (testimony of N. Dong). */
function hearing(item: CslItem): string {
  const head = [textIn(item, 'title'), textIn(item, 'section'), textIn(item, 'container-title')].filter(
    part => part !== undefined,
  );
  const names = namesIn(item, 'author').map(inOrder);
  const year = yearOf(dateIn(item, 'issued')) ?? 'n.d.';
  return sentences(
    [`${head.join(', ')} (${year})${names.length === 0 ? '' : ` (testimony of ${names.join(' & ')})`}`],
    link(item),
  );
}

/** 11.5: Every Student Succeeds Act, 20 U.S.C. § 6301 (2015). */
function law(item: CslItem): string {
  const section = textIn(item, 'section');
  const code = [
    textIn(item, 'volume'),
    textIn(item, 'container-title') ?? textIn(item, 'number'),
    section === undefined ? undefined : `§ ${section.replace(/^§+ */, '')}`,
  ]
    .filter(part => part !== undefined)
    .join(' ');
  const issued = dateIn(item, 'issued');
  const when = item.type === 'treaty' ? chicagoDate(issued) : yearOf(issued);
  return sentences(
    [
      `${[textIn(item, 'title'), code].filter(part => part !== undefined && part !== '').join(', ')}${when === undefined ? '' : ` (${when})`}`,
    ],
    link(item),
  );
}

/** 9.34 and 9.16: a page that we hold as it was on a day says which day. */
function link(item: CslItem): string | undefined {
  const doi = textIn(item, 'DOI');
  if (doi !== undefined) return `https://doi.org/${doi.replace(/^https?:\/\/(dx\.)?doi\.org\//, '')}`;
  const url = textIn(item, 'URL');
  const accessed = item.type === 'webpage' ? chicagoDate(dateIn(item, 'accessed')) : undefined;
  return url === undefined || accessed === undefined ? url : `Retrieved ${accessed}, from ${url}`;
}

function ordinal(n: number): string {
  const suffix = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${String(n)}${suffix}`;
}
