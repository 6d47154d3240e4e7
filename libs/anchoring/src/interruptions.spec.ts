import { describe, expect, it } from '@jest/globals';
import { anchor } from './anchor.js';
import { around } from './around.js';
import { pagesOfFormFeeds, type CapturedText } from './captured-text.js';

const captured = (text: string): CapturedText => ({ text, pages: pagesOfFormFeeds(text) });
const pieces = (exact: string, text: string) => {
  const found = anchor({ exact }, captured(text));
  return [found.state, ...found.pieces.map(({ start, end }) => text.slice(start, end))];
};

/** Three pages with running head, notes and page number, as a machine reads them. */
const REPORT = [
  'Department of Justice\nThe first meeting was in May. 1 The second one was in June, 2 and it was\nshort. 3 He brought\n1\nAda 4/5/18 302, at 3.\n2\nBob 4/6/18 302, at 9.\n3\nIbid.\n11',
  'Department of Justice\na letter to the third one, which nobody\n5\nread that day. 4 It con-\n4\nCyd 1/2/18 302, at 1.\n5\nCyd 1/2/18 302, at 2.\n12',
  'Departrnent of Justice\ntained nothing new. 6 The end.\n6\nIbid.\n13',
].join('\f');

describe('what interrupts a sentence cuts it into pieces and leaves its state', () => {
  it.each([
    ['footnote marks', 'June, and it was short.', ['June,', 'and it was\nshort.']],
    ['a mark on a line of its own', 'which nobody read that day.', ['which nobody', 'read that day.']],
    ['notes, page number, page break and running head', 'He brought a letter', ['He brought', 'a letter']],
    ['a word divided by a page break', 'It contained nothing', ['It con-', 'tained nothing']],
  ])('%s', (_, exact, expected) => {
    const [state, ...found] = pieces(exact, REPORT);
    expect(found).toEqual(expected);
    expect(['exact', 'normalised']).toContain(state);
  });

  it('white space at the interruption does not count', () => {
    expect(pieces('He brought a letter', REPORT)[0]).toBe('exact');
  });

  it('notes and running heads are text of their own', () => {
    expect(pieces('Bob 4/6/18 302, at 9.', REPORT)).toEqual(['exact', 'Bob 4/6/18 302, at 9.']);
    expect(pieces('Departrnent of Justice', REPORT)).toEqual(['exact', 'Departrnent of Justice']);
  });

  it('a quotation that kept the mark is found too', () => {
    expect(pieces('in June, 2 and it was', REPORT)).toEqual(['exact', 'in June, 2 and it was']);
  });

  it('a line that holds a sign and nothing else, save beside a figure', () => {
    expect(pieces('which nobody wanted to get', 'It was a thing which nobody\n°\nwanted to get.')).toEqual([
      'exact',
      'which nobody',
      'wanted to get',
    ]);
    expect(pieces('water of 20 Celsius in all', 'There was water of 20\n°\nCelsius in all.')[0]).toBe('altered');
  });

  it('footnotes of a TeX source', () => {
    const text = 'He gave it to her,% 12\n\\footnote{Kushner, at~3 (see \\textit{ibid.}).}\nand she read it.';
    expect(pieces('to her, and she read', text)).toEqual(['exact', 'to her,', 'and she read']);
    expect(pieces('Kushner, at~3', text)).toEqual(['exact', 'Kushner, at~3']);
  });

  it('raised and bracketed marks that count up', () => {
    expect(pieces('one, two, three', 'one,[1] two,[2] three[3]')).toEqual(['exact', 'one,', 'two,', 'three']);
    expect(pieces('one, two, three', 'one,¹ two,² three³')).toEqual(['exact', 'one,', 'two,', 'three']);
  });
});

describe('text is not taken for an interruption', () => {
  it.each([
    ['a number after a sentence', 'They left. Nobody stayed.', 'They left. 500 Nobody stayed.'],
    ['a year at the beginning of a line', 'in January, meetings', 'in January,\n2017 meetings\fAnother page'],
    ['the last sentence of a page', 'He gave it and she read it', 'He gave it\nonly later, said Ada.\fand she read it'],
    [
      'a line like one on the other page',
      'He gave it. Nobody read it.',
      'He gave it.\fAda sent it to Bannon\nNobody read it.\fAda went to Boston\nEnd',
    ],
    ['a power', '5 m long and wide as well', '5 m² long and wide as well'],
  ])('%s', (_, exact, text) => {
    expect(pieces(exact, text)[0]).not.toBe('exact');
    expect(pieces(exact, text)[0]).not.toBe('normalised');
  });
});

describe('a passage in its context', () => {
  it('is printed with its pieces marked', () => {
    const text = 'one, 1 two, 2 three, 3 four';
    const found = anchor({ exact: 'two, three' }, { text });
    expect(around({ text }, found.pieces, 3)).toEqual([
      { kind: 'context', text: ' 1 ' },
      { kind: 'passage', text: 'two,' },
      { kind: 'interruption', text: ' 2 ' },
      { kind: 'passage', text: 'three' },
      { kind: 'context', text: ', 3' },
    ]);
  });

  it('ends where the text ends', () => {
    expect(around({ text: 'abc' }, [{ start: 0, end: 3 }], 9)).toEqual([{ kind: 'passage', text: 'abc' }]);
    expect(around({ text: 'abc' }, [], 9)).toEqual([]);
  });
});

describe('a sentence that breaks off on a page and goes on at the top of the next', () => {
  const [FIRST, SECOND] = [
    'He said that he had no formal role in the transition and had no',
    'involvement in the campaign other than occasional talks about it.',
  ];
  const text = `The first page.\nIt begins. ${FIRST}\n!%8 Olson at 3 and more of that.\n\f${SECOND}\nIt ends. The last page.`;

  it('is altered, in two pieces: what stands between is not known to be notes', () => {
    const found = anchor({ exact: `${FIRST} ${SECOND}` }, captured(text));
    expect([found.state, ...found.pieces.map(({ start, end }) => text.slice(start, end))]).toEqual([
      'altered',
      FIRST,
      SECOND,
    ]);
    expect(found.score).toBeGreaterThan(0.97);
    expect(found.pieces.map(({ pdfPage }) => pdfPage)).toEqual([1, 2]);
  });

  it('is looked for on a few pages only, however many begin alike', () => {
    const page = `${SECOND}\n${'He said that he had no formal role in it, and more of that. '.repeat(8)}`;
    const alike = Array.from({ length: 2000 }, () => page).join('\f');
    const from = performance.now();
    expect(['ambiguous', 'lost']).toContain(anchor({ exact: `${FIRST} ${SECOND}` }, captured(alike)).state);
    expect(performance.now() - from).toBeLessThan(20_000); // without the bound: minutes
  });

  it('is lost where it does not go on there', () => {
    const other = text.replace(
      `\f${SECOND}`,
      '\fNothing of this kind was found anywhere in the whole of the house that day.',
    );
    expect(anchor({ exact: `${FIRST} ${SECOND}` }, captured(other)).state).toBe('lost');
  });
});
