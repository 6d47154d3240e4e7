import { describe, expect, it } from '@jest/globals';
import { chicagoItem } from './chicago-item.js';
import type { CslItem } from './csl.js';

const name = (given: string, family: string) => ({ given, family });
const on = (...parts: number[]) => ({ 'date-parts': [parts] });
const item = (type: string, fields: Record<string, unknown>): CslItem => ({ id: 'x', type, ...fields });

/** Notes as the manual's own guide prints them; what it sets in italics is plain here. */
const NOTES: readonly [string, CslItem, string | undefined, string][] = [
  [
    'a book',
    item('book', {
      author: [name('Zadie', 'Smith')],
      title: 'Swing Time',
      publisher: 'Penguin Press',
      'publisher-place': 'New York',
      issued: on(2016),
    }),
    '315–16',
    'Zadie Smith, Swing Time (New York: Penguin Press, 2016), 315–16',
  ],
  [
    'a book by two',
    item('book', {
      author: [name('Brian', 'Grazer'), name('Charles', 'Fishman')],
      title: 'A Curious Mind: The Secret to a Bigger Life',
      publisher: 'Simon & Schuster',
      'publisher-place': 'New York',
      issued: on(2015),
    }),
    '12',
    'Brian Grazer and Charles Fishman, A Curious Mind: The Secret to a Bigger Life (New York: Simon & Schuster, 2015), 12',
  ],
  [
    'a chapter',
    item('chapter', {
      author: [name('Henry David', 'Thoreau')],
      title: 'Walking',
      'container-title': 'The Making of the American Essay',
      editor: [name('John', "D'Agata")],
      publisher: 'Graywolf Press',
      'publisher-place': 'Minneapolis',
      issued: on(2016),
    }),
    '177–78',
    "Henry David Thoreau, “Walking,” in The Making of the American Essay, ed. John D'Agata (Minneapolis: Graywolf Press, 2016), 177–78",
  ],
  [
    'a translation',
    item('book', {
      author: [name('Jhumpa', 'Lahiri')],
      title: 'In Other Words',
      translator: [name('Ann', 'Goldstein')],
      publisher: 'Alfred A. Knopf',
      'publisher-place': 'New York',
      issued: on(2016),
    }),
    '146',
    'Jhumpa Lahiri, In Other Words, trans. Ann Goldstein (New York: Alfred A. Knopf, 2016), 146',
  ],
  [
    'an article in a journal',
    item('article-journal', {
      author: [name('Susan', 'Satterfield')],
      title: 'Livy and the Pax Deum',
      'container-title': 'Classical Philology',
      volume: '111',
      issue: '2',
      issued: on(2016, 4),
    }),
    '170',
    'Susan Satterfield, “Livy and the Pax Deum,” Classical Philology 111, no. 2 (April 2016): 170',
  ],
  [
    'an article by four or more',
    item('article-journal', {
      author: [name('Rachel A.', 'Bay'), name('N.', 'Rose'), name('R.', 'Barrett'), name('L.', 'Bernatchez')],
      title: 'Predicting Responses to Contemporary Environmental Change Using Evolutionary Response Architectures',
      'container-title': 'American Naturalist',
      volume: '189',
      issue: '5',
      issued: on(2017, 5),
      DOI: '10.1086/691233',
    }),
    '465',
    'Rachel A. Bay et al., “Predicting Responses to Contemporary Environmental Change Using Evolutionary Response Architectures,” American Naturalist 189, no. 5 (May 2017): 465, https://doi.org/10.1086/691233',
  ],
  [
    'an article in a magazine',
    item('article-magazine', {
      author: [name('Rebecca', 'Mead')],
      title: 'The Prophet of Dystopia',
      'container-title': 'New Yorker',
      issued: on(2017, 4, 17),
    }),
    '43',
    'Rebecca Mead, “The Prophet of Dystopia,” New Yorker, April 17, 2017, 43',
  ],
  [
    'an article in a newspaper',
    item('article-newspaper', {
      author: [name('Tanya', 'Pai')],
      title: 'The Squishy, Sugary History of Peeps',
      'container-title': 'Vox',
      issued: on(2017, 4, 11),
      URL: 'http://www.vox.com/culture/2017/4/11/14209084/peeps-easter',
    }),
    undefined,
    'Tanya Pai, “The Squishy, Sugary History of Peeps,” Vox, April 11, 2017, http://www.vox.com/culture/2017/4/11/14209084/peeps-easter',
  ],
  [
    'a thesis',
    item('thesis', {
      author: [name('Cynthia Lillian', 'Rutz')],
      title: 'King Lear and Its Folktale Analogues',
      genre: 'PhD diss.',
      publisher: 'University of Chicago',
      issued: on(2013),
    }),
    '99–100',
    'Cynthia Lillian Rutz, “King Lear and Its Folktale Analogues” (PhD diss., University of Chicago, 2013), 99–100',
  ],
  [
    'a page without a date',
    item('webpage', {
      title: 'About Yale: Yale Facts',
      'container-title': 'Yale University',
      accessed: on(2017, 5, 1),
      URL: 'https://www.yale.edu/about-yale/yale-facts',
    }),
    undefined,
    '“About Yale: Yale Facts,” Yale University, accessed May 1, 2017, https://www.yale.edu/about-yale/yale-facts',
  ],
  [
    'an interview',
    item('interview', {
      author: [name('Kory', 'Stamper')],
      title: 'From “F-Bomb” to “Photobomb,” How the Dictionary Keeps Up with English',
      interviewer: [name('Terry', 'Gross')],
      'container-title': 'Fresh Air',
      publisher: 'NPR',
      issued: on(2017, 4, 19),
    }),
    undefined,
    'Kory Stamper, “From ‘F-Bomb’ to ‘Photobomb,’ How the Dictionary Keeps Up with English,” interview by Terry Gross, Fresh Air, NPR, April 19, 2017',
  ],
  [
    'a personal communication',
    item('personal_communication', {
      author: [name('Sam', 'Gomez')],
      genre: 'Facebook message',
      recipient: [{ literal: 'author' }],
      issued: on(2017, 8, 1),
    }),
    undefined,
    'Sam Gomez, Facebook message to author, August 1, 2017',
  ],
  [
    'a report',
    item('report', {
      author: [{ literal: "Special Counsel's Office" }],
      title: 'Report on the Investigation',
      volume: 'I',
      publisher: 'U.S. Department of Justice',
      'publisher-place': 'Washington, DC',
      issued: on(2019, 3),
    }),
    '158',
    "Special Counsel's Office, Report on the Investigation, vol. I (Washington, DC: U.S. Department of Justice, March 2019), 158",
  ],
  [
    'a case',
    item('legal_case', {
      title: 'Bundy v. Jackson',
      volume: '641',
      'container-title': 'F.2d',
      page: '934',
      authority: 'D.C. Cir.',
      issued: on(1981),
    }),
    '941',
    'Bundy v. Jackson, 641 F.2d 934, 941 (D.C. Cir. 1981)',
  ],
  [
    'a statute',
    item('legislation', {
      title: 'Homeland Security Act of 2002',
      volume: '6',
      'container-title': 'U.S.C.',
      section: '101',
      issued: on(2012),
    }),
    undefined,
    'Homeland Security Act of 2002, 6 U.S.C. § 101 (2012)',
  ],
  [
    'a speech',
    item('speech', {
      author: [name('Viviana', 'Hong')],
      title: 'Censorship in Children’s Literature',
      genre: 'lecture',
      event: 'University of Chicago',
      'event-place': 'Chicago, IL',
      issued: on(2013, 4, 30),
    }),
    undefined,
    'Viviana Hong, “Censorship in Children’s Literature” (lecture, University of Chicago, Chicago, IL, April 30, 2013)',
  ],
  [
    'a hearing',
    item('hearing', {
      title: 'Interview of R. T.',
      section: 'House Committee on Foreign Affairs',
      issued: on(2019, 5, 21),
    }),
    '44',
    'Interview of R. T., House Committee on Foreign Affairs, May 21, 2019, 44',
  ],
  [
    'a document that is described, not called something',
    item('document', {
      title: 'FBI interview report (form 302)',
      issued: on(2018, 4, 11),
      archive: 'National Archives',
    }),
    'at 32',
    'FBI interview report (form 302), April 11, 2018, at 32, National Archives',
  ],
];

describe('a Chicago note', () => {
  it.each(NOTES)('of %s', (_, of, locator, note) => {
    expect(chicagoItem(of, locator)).toBe(note);
  });

  it('ends a title that asks with its own mark', () => {
    const of = item('article-newspaper', { title: 'Who Knew?', 'container-title': 'The Gazette' });
    expect(chicagoItem(of)).toBe('“Who Knew?” The Gazette');
  });

  it('of a source of which nothing is known but the type is empty, not broken', () => {
    expect(chicagoItem(item('book', {}))).toBe('(n.d.)');
    expect(chicagoItem(item('document', {}))).toBe('');
  });
});
