import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anchor, type Anchored, type Quote } from './anchor.js';
import { pagesOfFormFeeds } from './captured-text.js';
import { prepared } from './prepared.js';
import { reanchor } from './reanchor.js';

const WORDS =
  `the a of and to in that it was he she they Kushner Bannon Dmitriev Nader gave told sent copy document meeting
before after January Moscow Office proposal two-page "boss" friend, election; sanctions would could not never papers 302
president-elect Café naïve 😀 letter. Then Some people asked whether`.split(/\s+/);

/** A text of sentences and one of them, so long that it is unlikely to stand there twice. */
const story = fc
  .array(fc.array(fc.constantFrom(...WORDS), { minLength: 8, maxLength: 16 }), { minLength: 6, maxLength: 14 })
  .chain(sentences => {
    const all = sentences.map(words => words.join(' '));
    return fc.record({
      sentences: fc.constant(all),
      which: fc.nat(all.length - 1),
      other: fc.nat(all.length - 1),
      seed: fc.nat(1e6),
    });
  })
  .filter(({ sentences, which }) => sentences.join(' ').split(sentences[which] as string).length === 2);

const JOINT = ' ¶ ';
const written = (sentences: readonly string[]) => sentences.join(JOINT);

interface Told {
  readonly quote: Quote;
  readonly start: number;
}
function told(sentences: readonly string[], which: number): Told {
  const before = written(sentences.slice(0, which)) + (which > 0 ? JOINT : '');
  const exact = sentences[which] as string;
  const text = written(sentences);
  const prefix = before.slice(-40);
  const suffix = text.slice(before.length + exact.length).slice(0, 40);
  return { quote: { exact, ...(prefix && { prefix }), ...(suffix && { suffix }) }, start: [...before].length };
}

/** Letters of a text changed by a generator that needs no more than a seed. */
function changed(text: string, seed: number, share: number): string {
  let state = seed + 1;
  const next = () => ((state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 8) / 0x1000000;
  return [...text]
    .map(letter => (next() < share ? (next() < 0.5 ? '' : 'lI1rn'[Math.floor(next() * 5)]) : letter))
    .join('');
}
const plain = (quote: Quote): Quote => ({ exact: quote.exact });
const runs = { numRuns: 100 };

describe('with known truth', () => {
  it('a sentence left alone is exact at its place, whatever stands around it', () => {
    fc.assert(
      fc.property(story, ({ sentences, which }) => {
        const { quote, start } = told(sentences, which);
        return [quote, plain(quote)].every(one => {
          const found = anchor(one, { text: written(sentences) });
          return found.state === 'exact' && found.pieces[0]?.start === start;
        });
      }),
      runs,
    );
  });

  it('any slice of a text is exact where it was cut, or ambiguous', () => {
    fc.assert(
      fc.property(story, fc.nat(400), fc.integer({ min: 12, max: 90 }), ({ sentences }, from, length) => {
        const text = written(sentences);
        const start = Math.min(from, text.length - length);
        const exact = [...text.slice(start, start + length)].join('').trim();
        if (/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(exact)) return true;
        const found = anchor({ exact }, { text });
        return found.state === 'ambiguous' || (found.state === 'exact' && text.includes(exact));
      }),
      runs,
    );
  });

  it('a sentence that was deleted is never exact, normalised or moved', () => {
    fc.assert(
      fc.property(story, ({ sentences, which }) => {
        const { quote } = told(sentences, which);
        const found = reanchor(quote, { text: written(sentences.filter((_, index) => index !== which)) });
        return ['altered', 'ambiguous', 'lost'].includes(found.state);
      }),
      runs,
    );
  });

  it('a sentence that was moved is moved, or exact where it has kept a neighbour', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, other }) => {
        const { quote } = told(sentences, which);
        const rest = sentences.filter((_, index) => index !== which);
        const text = written([...rest.slice(0, other), quote.exact, ...rest.slice(other)]);
        const found = reanchor(quote, { text });
        const kept = Math.abs(other - which) <= 1 || sentences.some((one, index) => sentences.indexOf(one) !== index);
        return (
          found.state === 'moved' ||
          found.state === 'ambiguous' ||
          (kept && found.state === 'exact') ||
          isAlike(text, quote)
        );
      }),
      runs,
    );
  });

  it('a sentence that was copied is ambiguous; its surroundings tell which one it is', () => {
    fc.assert(
      fc.property(story, ({ sentences, which }) => {
        const { quote, start } = told(sentences, which);
        const text = `${written(sentences)}${JOINT}Afterwards came this: ${quote.exact}`;
        const found = anchor(quote, { text });
        return (
          anchor(plain(quote), { text }).state === 'ambiguous' &&
          found.state === 'exact' &&
          found.pieces[0]?.start === start
        );
      }),
      runs,
    );
  });

  it('a sentence in which a letter was changed is neither exact nor normalised', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, seed }) => {
        const { quote } = told(sentences, which);
        const at = seed % quote.exact.length;
        const letter = quote.exact[at] as string;
        if (!/[a-z]/.test(letter)) return true;
        const near = quote.exact.slice(0, at) + (letter === 'x' ? 'y' : 'x') + quote.exact.slice(at + 1);
        const found = anchor(quote, { text: written(sentences.map((one, index) => (index === which ? near : one))) });
        return found.state === 'altered' || found.state === 'ambiguous';
      }),
      runs,
    );
  });

  it('a text set anew leaves sentences exact or normalised at their place', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, seed }) => {
        const { quote } = told(sentences, which);
        let count = seed;
        const text = written(sentences).replace(/ /g, () =>
          (count = (count * 31 + 7) % 1009) % 3 === 0 ? '\n' : count % 3 === 1 ? '\r\n' : ' ',
        );
        const found = anchor(plain(quote), { text });
        const there = found.pieces.map(({ start, end }) => [...text].slice(start, end).join('')).join(' ');
        return ['exact', 'normalised'].includes(found.state) && there.replace(/\s+/g, ' ') === quote.exact;
      }),
      runs,
    );
  });

  it('pages do not change what is found, save that a break cuts it into pieces', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, seed }) => {
        const { quote } = told(sentences, which);
        const words = written(sentences).split(' ');
        const cut = 1 + (seed % (words.length - 1));
        const text = `${words.slice(0, cut).join(' ')}\f${words.slice(cut).join(' ')}`;
        const found = anchor(plain(quote), { text, pages: pagesOfFormFeeds(text) });
        const there = found.pieces.map(({ start, end }) => [...text].slice(start, end).join('')).join(' ');
        return found.state === 'exact' && there === quote.exact;
      }),
      runs,
    );
  });

  it('misread letters never make a sentence exact, nor another one out of it', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, seed }) => {
        const { quote, start } = told(sentences, which);
        const noisy = changed(quote.exact, seed, 0.06);
        if (noisy === quote.exact) return true;
        const found = anchor(quote, { text: written(sentences.map((one, index) => (index === which ? noisy : one))) });
        if (found.state === 'lost' || found.state === 'ambiguous') return true;
        return found.state !== 'exact' && Math.abs((found.pieces[0]?.start ?? -99) - start) <= 6;
      }),
      runs,
    );
  });

  it('composed and decomposed letters are one text', () => {
    fc.assert(
      fc.property(story, ({ sentences, which }) => {
        const { quote } = told(sentences, which);
        const found = anchor({ exact: quote.exact.normalize('NFD') }, { text: written(sentences).normalize('NFC') });
        const state = quote.exact.normalize('NFD') === quote.exact ? 'exact' : 'normalised';
        return found.state === state;
      }),
      runs,
    );
  });
});

type Find = (quote: Quote, captured: { readonly text: string }) => Anchored;
type Story = Readonly<Record<'which' | 'other' | 'seed', number>> & { readonly sentences: readonly string[] };

/** A sentence with one letter changed; undefined where the seed points at none. */
function nearly(sentence: string, seed: number): string | undefined {
  const at = seed % sentence.length;
  if (!/[a-z]/.test(sentence[at] as string)) return undefined;
  return sentence.slice(0, at) + (sentence[at] === 'x' ? 'y' : 'x') + sentence.slice(at + 1);
}

/** What a text that does not hold a sentence must never be said to hold: false `exact` is zero. */
const NEVER_EXACT: Readonly<Record<string, (find: Find, story: Story) => boolean>> = {
  'a sentence that was deleted': (find, { sentences, which }) => {
    const { quote } = told(sentences, which);
    const { state } = find(quote, { text: written(sentences.filter((_, index) => index !== which)) });
    return !['exact', 'normalised', 'moved'].includes(state);
  },
  'a sentence of which only a near-duplicate is left, elsewhere': (find, { sentences, which, other, seed }) => {
    const { quote } = told(sentences, which);
    const twin = nearly(quote.exact, seed);
    if (twin === undefined) return true;
    const rest = sentences.filter((_, index) => index !== which);
    const { state } = find(quote, { text: written([...rest.slice(0, other), twin, ...rest.slice(other)]) });
    return !['exact', 'normalised', 'moved'].includes(state);
  },
  'a sentence that was misread': (find, { sentences, which, seed }) => {
    const { quote } = told(sentences, which);
    const noisy = changed(quote.exact, seed, 0.06);
    if (noisy === quote.exact) return true;
    return (
      find(quote, { text: written(sentences.map((one, index) => (index === which ? noisy : one))) }).state !== 'exact'
    );
  },
};

describe('false exact', () => {
  it.each(Object.entries(NEVER_EXACT))('there is none: %s', (_, law) => {
    fc.assert(
      fc.property(story, one => law(anchor, one)),
      { numRuns: 200 },
    );
  });

  it.each(Object.entries(NEVER_EXACT))('whoever calls a look-alike exact is caught: %s', (_, law) => {
    const credulous: Find = (quote, captured) => {
      return { ...anchor(quote, captured), state: 'exact' };
    };
    expect(fc.check(fc.property(story, one => law(credulous, one))).failed).toBe(true);
  });

  it('a near-duplicate beside it takes nothing from a sentence that stands', () => {
    fc.assert(
      fc.property(story, ({ sentences, which, other, seed }) => {
        const { quote } = told(sentences, which);
        const twin = nearly(quote.exact, seed);
        if (twin === undefined) return true;
        const text = written([...sentences.slice(0, other), twin, ...sentences.slice(other)]);
        const found = anchor(plain(quote), { text });
        return (
          found.state === 'exact' && found.pieces[0]?.start === [...text.slice(0, text.indexOf(quote.exact))].length
        );
      }),
      runs,
    );
  });
});

const SCRIPTS = [
  'e\u0301tude',
  'Zu\u0308rich',
  '𝒳𝒴',
  '😀👨‍👩‍👧',
  'שלום',
  'עולם',
  'مرحبا',
  'naïve',
  'ﬁnal',
  '国际',
  'the',
  'paper',
];

describe('writing of all kinds', () => {
  const lines = fc.array(fc.array(fc.constantFrom(...SCRIPTS), { minLength: 4, maxLength: 9 }), {
    minLength: 3,
    maxLength: 7,
  });

  const folded = (words: string) => words.normalize('NFC').replace(/\s+/gu, ' ');
  const timesIn = (text: string, words: string) =>
    Array.from(text, (_, i) => text.startsWith(words, i)).filter(Boolean).length;

  it('offsets count code points: the text between them is what was quoted', () => {
    fc.assert(
      fc.property(lines, fc.nat(6), fc.constantFrom('\n', '\r\n', ' ¶ '), (words, at, joint) => {
        const sentences = words.map(line => line.join(' '));
        const exact = sentences[at % sentences.length] as string;
        const text = sentences.join(joint);
        const found = anchor({ exact }, { text });
        if (found.state === 'ambiguous') return timesIn(folded(text), folded(exact)) > 1;
        const [{ start, end } = { start: 0, end: 0 }] = found.pieces;
        return found.state === 'exact' && [...text].slice(start, end).join('') === exact;
      }),
      { numRuns: 200 },
    );
  });

  it('composed or not, with one kind of line end or the other, it is the same text', () => {
    fc.assert(
      fc.property(lines, fc.nat(6), (words, at) => {
        const sentences = words.map(line => line.join(' '));
        const first = at % (sentences.length - 1);
        const exact = `${String(sentences[first])}\n${String(sentences[first + 1])}`;
        const text = sentences.join('\r\n').normalize('NFC');
        const found = anchor({ exact: exact.normalize('NFD') }, { text });
        return found.state === 'normalised' || found.state === 'ambiguous';
      }),
      { numRuns: 200 },
    );
  });

  it('an accent that is another one is another word', () => {
    expect(anchor({ exact: 'in Zu\u0308rich there was a paper' }, { text: 'in Zurich there was a paper' }).state).toBe(
      'altered',
    );
    expect(anchor({ exact: 'the paper says שלום' }, { text: 'the paper says שלוש' }).state).toBe('altered');
  });
});

/** Whether the words recorded around the quotation happen to stand around its new place as well. */
function isAlike(text: string, { exact, prefix = '\0', suffix = '\0' }: Quote): boolean {
  const at = text.indexOf(exact);
  return text.slice(0, at).endsWith(prefix.slice(-12)) || text.slice(at + exact.length).startsWith(suffix.slice(0, 12));
}

describe('hostile texts', () => {
  it.each([
    ['one letter', 'a'.repeat(4e5)],
    ['one word', 'ab '.repeat(2e5)],
    ['form feeds', '\f'.repeat(4e5)],
    ['marks without letters', `"'-.,`.repeat(1e5)],
    ['footnotes without end', '\\footnote{'.repeat(5e4)],
    ['combining marks', `e${'\u0301\u0323'.repeat(1e5)}`],
    ['numbers', 'x. 1 '.repeat(1e5)],
    ['characters of two code units', '😀'.repeat(2e5)],
  ])('are answered within the time that a test has: %s', (_, text) => {
    const ready = prepared({ text, pages: pagesOfFormFeeds(text) });
    for (const exact of ['aaaaaaaaaa', text.slice(0, 20_000), 'ab '.repeat(6000), 'he gave one copy to Bannon']) {
      expect(['exact', 'normalised', 'altered', 'ambiguous', 'lost']).toContain(anchor({ exact }, ready).state);
    }
  });
});
