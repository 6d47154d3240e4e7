import { describe, expect, it } from '@jest/globals';
import { anchor, type Quote } from './anchor.js';
import { pagesOfFormFeeds } from './captured-text.js';

const find = (exact: string, text: string, where: Omit<Quote, 'exact'> = {}) =>
  anchor({ exact, ...where }, { text, pages: pagesOfFormFeeds(text) });
const words = (text: string, pieces: readonly { start: number; end: number }[]) =>
  pieces.map(({ start, end }) => [...text].slice(start, end).join(''));

describe('a quotation that stands in the text', () => {
  it.each([
    ['as it is', 'he gave one copy', 'Then he gave one copy to B.', 'he gave one copy'],
    ['with what a pattern would read otherwise', 'a.*b(c)[d]$', 'x a.*b(c)[d]$ y', 'a.*b(c)[d]$'],
    ['without a letter', '***', 'a *** b', '***'],
    ['behind characters of two code units', '𝒳 and so', 'met 😀 today, 𝒳 and so on', '𝒳 and so'],
    ['as a character of many', '👨‍👩‍👧 and', 'x 👨‍👩‍👧 and', '👨‍👩‍👧 and'],
    ['from right to left', 'שלום עולם', 'אמר שלום עולם אתמול', 'שלום עולם'],
    ['without blanks between words', '国际关系', '关于国际关系的书', '国际关系'],
  ])('is exact %s', (_, exact, text, expected) => {
    const found = find(exact, text);
    expect(found.state).toBe('exact');
    expect(words(text, found.pieces)).toEqual([expected]);
  });

  it.each([
    ['white-space', 'one two', 'one\r\n  two'],
    ['white-space', 'Director (D) said', 'Director(D) said'],
    ['white-space', 'the U.S. Government', 'the U. S. Government'],
    ['white-space', 'שלום עולם', 'ש\u200fלום עולם'],
    ['quotation-marks', `he said “go” — 'now'`, `he said ''go'' — "now"`],
    ['dashes', 'a boss—he said—was', 'a boss--he said-was'],
    ['ligatures', 'the final office', 'the ﬁnal oﬃce'],
    ['ligatures', 'the café was', 'the cafe\u0301 was'],
    ['ligatures', 'a\u0323\u0301 test', 'a\u0301\u0323 test'],
    ['hyphenation', 'the transition team', 'the trans-\nition team'],
    ['hyphenation', 'face-to-face talks', 'face-to-\nface talks'],
    ['hyphenation', 'the transition team', 'the tran\u00adsition team'],
    ['letter-case', 'definitely so', 'Definitely so'],
    ['blank-before-punctuation', 'Kushner, neither', 'Kushner , neither'],
    ['blank-before-punctuation', 'all-hands" meeting', 'all-hands " meeting'],
    ['blank-before-punctuation', 'no progress.', 'no progress .'],
  ])('is normalised, and says so: %s', (differs, exact, text) => {
    expect(find(exact, text)).toMatchObject({ state: 'normalised', differs: [differs] });
  });

  it('names all differences, sorted', () => {
    expect(find('“Boss”—he said, so', '"Boss"-he\nsaid , So').differs).toEqual([
      'blank-before-punctuation',
      'dashes',
      'letter-case',
      'quotation-marks',
      'white-space',
    ]);
  });
});

describe('a look-alike', () => {
  it.each([
    ['a blank inside a word', 'one was designated by him', 'one was designate d by him'],
    ['a blank inside a number', 'they paid 1,200 in all', 'they paid 1, 200 in all'],
    ['a blank inside a compound', 'the two-page document', 'the two -page document'],
    ['a missing blank', 'that the rapist spoke', 'that therapist spoke'],
    ['a missing hyphen', 'an e-mail was sent', 'an email was sent'],
    ['a missing accent', 'in the cafe of theirs', 'in the café of theirs'],
    ['an accent of its own', 'in the cafe of theirs', 'in the cafe\u0301 of theirs'],
    ['a part of a ligature', 'of the first days', 'oﬀ the first days'],
    ['a letter of another script', 'Putin said so', 'Рutin said so'],
    ['feet for inches', `it is 5" longer`, `it is 5' longer`],
    ['a word left out', 'he did not give it to them', 'he did give it to them'],
    ['a word put in', 'to Bannon and Secretary Tillerson', 'to Bannon and incoming Secretary Tillerson'],
    ['a number that is no footnote mark', 'He paid them all. They left.', 'He paid them all. 500 They left.'],
  ])('is never exact: %s', (_, exact, text) => {
    const found = find(exact, text);
    expect(found.state).toBe('altered');
    expect(found.score).toBeLessThan(1);
    expect(found.difference?.some(({ kind }) => kind !== 'same')).toBe(true);
  });

  it('is shown word by word', () => {
    expect(find('he did not give it to them', 'so he did give it to them then').difference).toEqual([
      { kind: 'same', text: 'he did' },
      { kind: 'removed', text: 'not' },
      { kind: 'same', text: 'give it to them' },
    ]);
  });

  it('too unlike is lost', () => {
    expect(find('the quick brown fox jumps over the dog', 'an entirely different text stands here instead')).toEqual({
      state: 'lost',
      pieces: [],
    });
  });

  it.each(['', '   \n'])('of nothing is lost (%j)', exact => {
    expect(find(exact, 'some text').state).toBe('lost');
  });
});

const TWICE = 'First: he gave it to her.\fSecond: he gave it to her. End';

describe('several places', () => {
  it('are ambiguous, with the candidates in the order of the text', () => {
    expect(find('he gave it to her', TWICE)).toEqual({
      state: 'ambiguous',
      pieces: [],
      candidates: [
        { start: 7, end: 24, pdfPage: 1 },
        { start: 34, end: 51, pdfPage: 2 },
      ],
    });
  });

  it.each<[string, Omit<Quote, 'exact'>]>([
    ['the page', { pdfPage: 2 }],
    ['the words before', { prefix: 'Second: ' }],
    ['the words after', { suffix: '. End' }],
    ['the position in the same capture', { position: 34 }],
  ])('%s decides', (_, where) => {
    expect(find('he gave it to her', TWICE, where)).toMatchObject({ state: 'exact', pieces: [{ start: 34, end: 51 }] });
  });

  it('differently set are as good as each other', () => {
    expect(find('he gave it to her', 'he gave it to her. he gave\nit to her.').state).toBe('ambiguous');
  });

  it('in other letter case are not as good', () => {
    expect(find('he gave it', 'HE GAVE IT! he gave it.')).toMatchObject({ state: 'exact', pieces: [{ start: 12 }] });
  });

  it('are doubtful where blanks break one of two copies', () => {
    const text = 'Dmitriev wrote to Nader on Monday. And: Dmitriev wro te to Nader on Monday.';
    expect(find('Dmitriev wrote to Nader on Monday', text).state).toBe('ambiguous');
  });

  it('of equal likeness are ambiguous, not altered', () => {
    const text = 'Copies went to Bannon and to Rice. Copies went to Bannon and to Ross.';
    expect(find('Copies went to Bannon and to Rose.', text)).toMatchObject({
      state: 'ambiguous',
      candidates: [{}, {}],
    });
  });
});

describe('another place than the passage names', () => {
  it('is moved, on another page', () => {
    expect(find('Second', TWICE, { pdfPage: 1 })).toMatchObject({ state: 'moved', pieces: [{ pdfPage: 2 }] });
  });

  it('is moved, in other surroundings', () => {
    const where = { prefix: 'when they had met again ', suffix: ' on the same evening' };
    expect(find('he gave it to her', 'Nobody knew that he gave it to her before dawn.', where).state).toBe('moved');
  });

  it('is not moved where one side is as recorded', () => {
    const where = { prefix: 'Nobody knew that ', suffix: ' on the same evening' };
    expect(find('he gave it to her', 'Nobody knew that he gave it to her before dawn.', where).state).toBe('exact');
  });

  it('is doubtful where the page named holds nearly the same', () => {
    const text = 'On one: she gave one copy to Bannon.\fOn two: she gave one copyto Bannon.';
    expect(find('she gave one copy to Bannon', text, { pdfPage: 2 }).state).toBe('ambiguous');
  });

  it('knows the printed page where the capture does', () => {
    const pages = pagesOfFormFeeds(TWICE).map(page => ({ ...page, printed: String(page.pdfPage + 100) }));
    const found = anchor({ exact: 'he gave it to her', page: 102 }, { text: TWICE, pages });
    expect(found).toMatchObject({ state: 'exact', pieces: [{ pdfPage: 2 }], selectors: { page: '102', pdfPage: 2 } });
  });
});

describe('selectors', () => {
  it('hold words, position in code points and page', () => {
    expect(find('he gave', '😀\fso he gave it').selectors).toEqual({
      quote: { type: 'TextQuoteSelector', exact: 'he gave', prefix: '😀\fso ', suffix: ' it' },
      positions: [{ type: 'TextPositionSelector', start: 5, end: 12 }],
      pdfPage: 2,
    });
  });
});
