/* Quotations looked for in captured texts of 0.25, 1 and 4 MB, 1,000 of each kind: as they stand, set otherwise, with misread
 * letters, and not there at all. Beside them what a program without the room does: indexOf over the text. */
import process from 'node:process';
import { anchor, pagesOfFormFeeds, prepared } from '../dist/libs/anchoring/src/index.js';
import { median } from './measure.mjs';

const PASSAGES = 1000;
const ROUNDS = 5;
const SIZES = [0.25, 1, 4];
const MB = 2 ** 20;

export const title = 'Anchoring';

export async function run() {
  const measured = new Map();
  for (const size of SIZES) {
    const text = textOf(Math.round(size * MB));
    const captured = { text, pages: pagesOfFormFeeds(text) };
    const pick = random(7);
    const asked = Object.fromEntries(
      Object.entries(KINDS).map(([kind, make]) => [kind, Array.from({ length: PASSAGES }, () => make(text, pick))]),
    );
    measured.set(size, rounds(size, captured, asked));
  }
  const one = measured.get(1);
  const rate = (size, what) => ({ rate: 1000 / measured.get(size)[what].median, unit: '/s' });
  const results = Object.fromEntries([
    ...SIZES.map(size => [`texts of ${size} MB made ready`, rate(size, 'prepare')]),
    ...SIZES.flatMap(size => Object.keys(KINDS).map(kind => [`${kind}, in ${size} MB`, rate(size, kind)])),
    ['the same found by indexOf, in 1 MB', rate(1, 'indexOf')],
  ]);
  const inMs = (what, of, reach) => ({ what, reach, value: of.median, least: of.least, most: of.most, unit: ' ms' });
  const inUs = (what, of, reach) => ({
    what,
    reach,
    value: of.median * 1000,
    least: of.least * 1000,
    most: of.most * 1000,
    unit: ' µs',
  });
  const growth = kind => {
    const each = ROUNDS_OF.map(n => measured.get(4)[kind].each[n] / measured.get(0.25)[kind].each[n]);
    return { value: median(each), least: Math.min(...each), most: Math.max(...each) };
  };
  return {
    results,
    targets: [
      inUs('a quotation as it stands, in 1 MB', one['as it stands'], 100),
      inUs('a quotation set otherwise, in 1 MB', one['set otherwise'], 100),
      inMs('a quotation with misread letters, in 1 MB', one['misread'], 20),
      inMs('a quotation that is not there, in 1 MB', one['not there'], 20),
      inMs('the slowest of all 4,000, in 1 MB', one.slowest, 20),
      inMs('a text of 1 MB made ready, once for all its quotations', one.prepare),
      inMs('1,000 passages in a document of 1 MB, making it ready included', one.thousand),
      { what: 'as it stands against indexOf, in 1 MB: how many times as fast', ...ratioOf(one) },
      { what: 'sixteen times the document, as it stands: times the time', ...growth('as it stands') },
      { what: 'sixteen times the document, misread: times the time', ...growth('misread') },
      { what: 'sixteen times the document, making it ready: times the time', ...growth('prepare') },
    ],
    notes: [
      `States found in 1 MB, of 1,000 each: ${Object.entries(one.states)
        .map(([kind, states]) => `${kind}: ${states}`)
        .join('; ')}.`,
    ],
  };
}

const ROUNDS_OF = Array.from({ length: ROUNDS }, (_, n) => n);

/** Milliseconds, medians over passages in each round; kinds interleaved. */
function rounds(size, captured, asked) {
  const times = {};
  const add = (what, ms) => (times[what] ??= []).push(ms);
  const states = {};
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.hrtime.bigint();
    const ready = prepared(captured);
    anchor({ exact: 'what is made when first asked is made now' }, ready);
    const preparing = msSince(from);
    add('prepare', preparing);
    let slowest = 0;
    let whole = preparing;
    for (const [kind, quotes] of Object.entries(asked)) {
      const each = quotes.map(exact => {
        const start = process.hrtime.bigint();
        const { state } = anchor({ exact }, ready);
        const ms = msSince(start);
        if (round === 0) (states[kind] ??= []).push(state);
        slowest = Math.max(slowest, ms);
        return ms;
      });
      add(kind, median(each));
      whole += each.slice(0, PASSAGES / 4).reduce((sum, ms) => sum + ms, 0);
      process.stderr.write(`  round ${round + 1}  ${size} MB, ${kind}: ${(median(each) * 1000).toFixed(0)} µs\n`);
    }
    add('slowest', slowest);
    add('thousand', whole);
    const plain = asked['as it stands'].map(exact => {
      const start = process.hrtime.bigint();
      captured.text.indexOf(exact);
      return msSince(start);
    });
    add('indexOf', median(plain));
  }
  const summed = Object.entries(times).map(([what, each]) => [
    what,
    { median: median(each), least: Math.min(...each), most: Math.max(...each), each },
  ]);
  return { ...Object.fromEntries(summed), states: Object.fromEntries(Object.entries(states).map(counted)) };
}

const msSince = from => Number(process.hrtime.bigint() - from) / 1e6;

const counted = ([kind, list]) => {
  const counts = Map.groupBy(list, state => state);
  return [kind, [...counts].map(([state, all]) => `${all.length} ${state}`).join(', ')];
};

function ratioOf(one) {
  const each = ROUNDS_OF.map(n => one.indexOf.each[n] / one['as it stands'].each[n]);
  return { value: median(each), least: Math.min(...each), most: Math.max(...each) };
}

/** How a passage is made of the text. */
const KINDS = {
  'as it stands': sliceOf,
  'set otherwise': (text, pick) =>
    sliceOf(text, pick)
      .replace(/"([^"]*)"/g, '“$1”')
      .replace(/ /g, () => (pick(6) === 0 ? '\n' : ' ')),
  misread: (text, pick) => {
    const slice = sliceOf(text, pick);
    const least = 1 + pick(slice.length - 2);
    return [...slice].map((c, i) => (i === least || pick(25) === 0 ? 'lI1rn'[pick(5)] : c)).join('');
  },
  'not there': (_, pick) => sentence(random(1_000_003 + pick(1e9))),
};

/** Whole words, 60 to 220 characters, with whatever the page has between them. */
function sliceOf(text, pick) {
  const from = text.indexOf(' ', pick(text.length - 400)) + 1;
  return text.slice(from, text.indexOf(' ', from + 60 + pick(160))).replace(/\s+/g, ' ');
}

/** Numbers that look random and are the same in every run (Park and Miller 1988). */
function random(seed) {
  let x = seed;
  return below => {
    x = (x * 48_271) % 2_147_483_647;
    return x % below;
  };
}

const SYLLABLES =
  `al an be con da de dis en er es fa for ga ho in ka le lo ma men na ne on or pa per po ra re ri sa se sion
 ta te ti to tra un va ver vi wa`.split(/\s+/);
const VOCABULARY = (() => {
  const pick = random(11);
  return Array.from({ length: 8000 }, () =>
    Array.from({ length: 1 + pick(3) }, () => SYLLABLES[pick(SYLLABLES.length)]).join(''),
  );
})();

/** Words as languages have them: a few make half of the text, most are rare (Zipf). */
function sentence(pick) {
  const words = Array.from({ length: 8 + pick(22) }, () => {
    const word = VOCABULARY[Math.floor(VOCABULARY.length ** (pick(10_000) / 10_000)) - 1];
    return pick(30) === 0 ? `"${word}"` : pick(14) === 0 ? `${word},` : word;
  });
  return `${words[0][0].toUpperCase()}${words.join(' ').slice(1)}.`;
}

/** Pages of about 3,000 characters with a running head and a number, lines of about 90. */
function textOf(length) {
  const pick = random(3);
  const pages = [];
  let size = 0;
  while (size < length) {
    const lines = ['REPORT ON THE MATTER OF THE HARBOUR', ''];
    for (let line = '', n = 0; n < 34; line = '') {
      while (line.length < 400) line += `${sentence(pick)} `;
      for (const part of line.match(/.{1,90}(?= |$)/g) ?? []) if (n++ < 34) lines.push(part.trim());
    }
    const page = [...lines, '', String(pages.length + 1)].join('\n');
    pages.push(page);
    size += page.length + 1;
  }
  return pages.join('\f').slice(0, length);
}
