import { describe, expect, it } from '@jest/globals';
import { apaItem } from './apa-item.js';
import { apaNames } from './names.js';
import type { CslItem } from './csl.js';

const name = (given: string, family: string) => ({ given, family });
const on = (...parts: number[]) => ({ 'date-parts': [parts] });
const item = (type: string, fields: Record<string, unknown>): CslItem => ({ id: 'x', type, ...fields });

/** References as the manual's own examples print them; what it sets in italics is plain here. */
const REFERENCES: readonly [string, CslItem, string][] = [
  [
    'an article in a journal',
    item('article-journal', {
      author: [
        name('J. S.', 'Grady'),
        name('Moin', 'Her'),
        name('Geena', 'Moreno'),
        name('C.', 'Perez'),
        name('J.', 'Yelinek'),
      ],
      title:
        'Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United States',
      'container-title': 'Psychology of Popular Media Culture',
      volume: '8',
      issue: '3',
      page: '207–217',
      issued: on(2019),
      DOI: '10.1037/ppm0000185',
    }),
    'Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United States. Psychology of Popular Media Culture, 8(3), 207–217. https://doi.org/10.1037/ppm0000185',
  ],
  [
    'an article in a magazine',
    item('article-magazine', {
      author: [name('N. K.', 'Schaefer'), name('B.', 'Shapiro')],
      title: 'New middle chapter in the story of human evolution',
      'container-title': 'Science',
      volume: '365',
      issue: '6457',
      page: '981–982',
      issued: on(2019, 9, 6),
      DOI: 'https://doi.org/10.1126/science.aay3550',
    }),
    'Schaefer, N. K., & Shapiro, B. (2019, September 6). New middle chapter in the story of human evolution. Science, 365(6457), 981–982. https://doi.org/10.1126/science.aay3550',
  ],
  [
    'an article in a newspaper',
    item('article-newspaper', {
      author: [name('Benedict', 'Carey')],
      title: 'Can we get better at forgetting?',
      'container-title': 'The New York Times',
      issued: on(2019, 3, 22),
      URL: 'https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html',
    }),
    'Carey, B. (2019, March 22). Can we get better at forgetting? The New York Times. https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html',
  ],
  [
    'a book',
    item('book', {
      author: [name('L. M.', 'Jackson')],
      title: 'The psychology of prejudice: From attitudes to social action',
      edition: '2',
      publisher: 'American Psychological Association',
      issued: on(2019),
      DOI: '10.1037/0000168-000',
    }),
    'Jackson, L. M. (2019). The psychology of prejudice: From attitudes to social action (2nd ed.). American Psychological Association. https://doi.org/10.1037/0000168-000',
  ],
  [
    'a chapter',
    item('chapter', {
      author: [name('L.', 'Aron'), name('M.', 'Botella'), name('T.', 'Lubart')],
      title: 'Culinary arts: Talent and their development',
      editor: [name('R. F.', 'Subotnik'), name('P.', 'Olszewski-Kubilius'), name('F. C.', 'Worrell')],
      'container-title': 'The psychology of high performance: Developing human potential into domain-specific talent',
      page: '345–359',
      publisher: 'American Psychological Association',
      issued: on(2019),
      DOI: '10.1037/0000120-016',
    }),
    'Aron, L., Botella, M., & Lubart, T. (2019). Culinary arts: Talent and their development. In R. F. Subotnik, P. Olszewski-Kubilius, & F. C. Worrell (Eds.), The psychology of high performance: Developing human potential into domain-specific talent (pp. 345–359). American Psychological Association. https://doi.org/10.1037/0000120-016',
  ],
  [
    'a report',
    item('report', {
      author: [{ literal: 'National Cancer Institute' }],
      title: 'Taking time: Support for people with cancer',
      genre: 'NIH Publication No.',
      number: '18-2059',
      publisher: 'U.S. Department of Health and Human Services, National Institutes of Health',
      issued: on(2019),
      URL: 'https://www.cancer.gov/publications/patient-education/takingtime.pdf',
    }),
    'National Cancer Institute. (2019). Taking time: Support for people with cancer (NIH Publication No. 18-2059). U.S. Department of Health and Human Services, National Institutes of Health. https://www.cancer.gov/publications/patient-education/takingtime.pdf',
  ],
  [
    'a page, its author and site the same',
    item('webpage', {
      author: [{ literal: 'World Health Organization' }],
      title: 'Questions and answers on immunization and vaccine safety',
      'container-title': 'World Health Organization',
      issued: on(2018, 3),
      URL: 'https://www.who.int/features/qa/84/en/',
    }),
    'World Health Organization. (2018, March). Questions and answers on immunization and vaccine safety. https://www.who.int/features/qa/84/en/',
  ],
  [
    'a page as it was on a day',
    item('webpage', {
      author: [{ literal: 'U.S. Census Bureau' }],
      title: 'U.S. and world population clock',
      accessed: on(2019, 7, 3),
      URL: 'https://www.census.gov/popclock/',
    }),
    'U.S. Census Bureau. (n.d.). U.S. and world population clock. Retrieved July 3, 2019, from https://www.census.gov/popclock/',
  ],
  [
    'a case',
    item('legal_case', {
      title: 'Brown v. Board of Education',
      volume: '347',
      'container-title': 'U.S.',
      page: '483',
      issued: on(1954),
    }),
    'Brown v. Board of Education, 347 U.S. 483 (1954).',
  ],
  [
    'a statute',
    item('legislation', {
      title: 'Every Student Succeeds Act',
      volume: '20',
      'container-title': 'U.S.C.',
      section: '§ 6301',
      issued: on(2015),
    }),
    'Every Student Succeeds Act, 20 U.S.C. § 6301 (2015).',
  ],
  [
    'a hearing',
    item('hearing', {
      title: 'Federal real property reform',
      section: 'U.S. Senate Committee on Homeland Security and Governmental Affairs, 114th Cong.',
      author: [name('Norman', 'Dong')],
      issued: on(2016),
    }),
    'Federal real property reform, U.S. Senate Committee on Homeland Security and Governmental Affairs, 114th Cong. (2016) (testimony of Norman Dong).',
  ],
  [
    'a personal communication',
    item('personal_communication', { author: [{ literal: 'E.-M. Paradis' }], issued: on(2019, 8, 8) }),
    'E.-M. Paradis (personal communication, August 8, 2019).',
  ],
  [
    'a thesis',
    item('thesis', {
      author: [name('Z.', 'Harris')],
      title: 'Instructional leadership perceptions and practices of elementary school leaders',
      genre: 'Unpublished doctoral dissertation',
      publisher: 'University of Virginia',
      issued: on(2014),
    }),
    'Harris, Z. (2014). Instructional leadership perceptions and practices of elementary school leaders [Unpublished doctoral dissertation, University of Virginia].',
  ],
  [
    'an interview',
    item('interview', {
      author: [name('Ilana', 'Glazer')],
      title: 'On standup',
      'container-title': 'Comedy Central',
      issued: on(2020, 1, 28),
    }),
    'Glazer, I. (2020, January 28). On standup [Interview]. Comedy Central.',
  ],
  [
    'what has no author: the title first',
    item('article-newspaper', {
      title: 'A plan',
      'container-title': 'The Gazette',
      issued: { 'date-parts': [[2019, 4]], circa: true },
    }),
    'A plan. (ca. 2019, April). The Gazette.',
  ],
];

describe('an APA reference', () => {
  it.each(REFERENCES)('to %s', (_, of, text) => {
    expect(apaItem(of)).toBe(text);
  });
});

describe('names', () => {
  it('keep their particles and hyphens, and are never guessed at', () => {
    expect(
      apaNames([
        { given: 'Jean-Paul', family: 'Sartre' },
        { given: 'Ludwig', 'non-dropping-particle': 'van', family: 'Beethoven', suffix: 'Jr.' },
        { literal: 'Jared Kushner' },
      ]),
    ).toBe('Sartre, J.-P., van Beethoven, L., Jr., & Jared Kushner');
  });

  it('are nineteen and the last of more than twenty', () => {
    const many = Array.from({ length: 23 }, (_, i) => ({ literal: `N${String(i)}` }));
    expect(apaNames(many)).toMatch(/^N0, N1, .*N18, \. \. \. N22$/);
  });
});
