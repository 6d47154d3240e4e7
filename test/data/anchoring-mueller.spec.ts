import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { anchor, prepared, reanchor, type Anchored, type CapturedText, type Quote } from '@credence/anchoring';

import { csvText, plainFile, secondReading, texSentences, type TexSentence } from '../support/captured-texts.js';
import { describeWithData } from '../support/data-sets.js';

/** As the set's README counts: found after folding blanks and quotes; by letters and digits; otherwise. */
type Kind = 'exact' | 'letters' | 'approximate';
interface Outcome {
  readonly sentence: TexSentence;
  readonly kind: Kind;
  readonly found: Anchored;
  /** Whether a place, or one of the candidates, lies where the order of the text has it; undefined if none was found. */
  readonly right: boolean | undefined;
  /** How often its letters stand in the text. */
  readonly occurs: number;
}

const BLACKED_OUT = '▒';

const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const folded = (text: string) =>
  text.replace(/[“”]/g, '"').replace(/[‘’`]/g, "'").replace(/[—–]/g, '-').replace(/-+/g, '-').replace(/\s+/g, ' ');

/**
 * The oracle knows nothing of anchoring. Sentences of at least 40 letters that occur once by their letters, and in the
 * order of the transcription, are beacons; any sentence belongs between the second beacon before and the second after it (where the transcription has it twice: either). Text and notes
 * are two orders, for a machine reading has the notes of a page below its text.
 */
function between(sentences: readonly TexSentence[], text: string): [number, number][] {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (letters(text[at] as string) !== '') places.push(at);
  const all = letters(text);
  const bounds = sentences.map((): [number, number] => [0, text.length]);
  for (const note of [false, true]) {
    const once = sentences.flatMap((sentence, index) => {
      const wanted = letters(sentence.text);
      const at = all.indexOf(wanted);
      if (sentence.note !== note || wanted.length < 40 || at < 0 || all.includes(wanted, at + 1)) return [];
      return [{ index, from: places[at] as number, to: places[at + wanted.length - 1] as number }];
    });
    const beacons = longestRising(once);
    for (const [index, sentence] of sentences.entries()) {
      if (sentence.note !== note) continue;
      const before = beacons.filter(beacon => beacon.index < index).at(-2);
      const after = beacons.filter(beacon => beacon.index > index)[1];
      bounds[index] = [before?.from ?? 0, after?.to ?? text.length];
    }
  }
  return bounds;
}

/** The longest part of a list in which places rise. */
function longestRising<T extends { readonly from: number }>(list: readonly T[]): T[] {
  const chains: T[][] = [];
  for (const item of list) {
    const before = chains
      .filter(chain => (chain.at(-1) as T).from < item.from)
      .sort((one, two) => two.length - one.length)[0];
    chains.push([...(before ?? []), item]);
  }
  return chains.sort((one, two) => two.length - one.length)[0] ?? [];
}

/** The last words before a sentence and the first after it, among text or among notes, up to what is blacked out. */
function around(every: readonly TexSentence[], sentence: TexSentence): Omit<Quote, 'exact'> {
  const same = every.filter(({ note }) => note === sentence.note);
  const at = same.indexOf(sentence);
  const before = sentence.marked.startsWith(BLACKED_OUT) ? undefined : same[at - 1]?.marked.split(BLACKED_OUT).at(-1);
  const after = sentence.marked.endsWith(BLACKED_OUT) ? undefined : same[at + 1]?.marked.split(BLACKED_OUT)[0];
  return { ...(before ? { prefix: before.slice(-60) } : {}), ...(after ? { suffix: after.slice(0, 60) } : {}) };
}

/** The page on which a sentence stands by the oracle, where the beacons around it stand on one. */
function pageOf({ pages }: CapturedText, [from, to]: readonly [number, number]): { pdfPage?: number } {
  const [first, last] = [from, to].map(at => pages?.find(({ start, end }) => start <= at && at <= end)?.pdfPage);
  return first !== undefined && first === last ? { pdfPage: first } : {};
}

/** What a passage says beside its words. */
type Naming = 'nothing else' | 'the words around it' | 'the words around it and its page';

function outcomes(every: readonly TexSentence[], captured: CapturedText, naming: Naming): Outcome[] {
  const sentences = every.filter(({ text }) => text.length >= 25);
  const text = prepared(captured);
  const [exact, byLetters] = [folded(captured.text), letters(captured.text)];
  const bounds = between(sentences, captured.text);
  return sentences.map((sentence, index) => {
    const where = naming === 'nothing else' ? {} : around(every, sentence);
    const page = naming.endsWith('page') ? pageOf(captured, bounds[index] as [number, number]) : {};
    const found = anchor({ exact: sentence.text, ...where, ...page }, text);
    const twins = bounds.filter((_, other) => other === index || sentences[other]?.text === sentence.text);
    const places = found.state === 'ambiguous' ? (found.candidates ?? []) : found.pieces.slice(0, 1);
    const right =
      places.length === 0
        ? undefined
        : places.some(({ start }) => twins.some(([from, to]) => start >= from && start <= to));
    const kind = exact.includes(folded(sentence.text))
      ? 'exact'
      : byLetters.includes(letters(sentence.text))
        ? 'letters'
        : 'approximate';
    const occurs = byLetters.split(letters(sentence.text)).length - 1;
    return { sentence, kind, found, right, occurs };
  });
}

function table(all: readonly Outcome[]): string[] {
  const rows = Map.groupBy(
    all,
    ({ sentence, kind, found }) => `${sentence.note ? 'notes' : 'text'}, ${kind} -> ${found.state}`,
  );
  return [...rows]
    .map(
      ([name, row]) =>
        `${name}: ${String(row.length)}, ${String(row.filter(({ right }) => right === false).length)} out of order, ` +
        `${String(row.filter(({ occurs }) => occurs > 1).length)} stand there several times`,
    )
    .sort();
}

const share = (of: readonly Outcome[], holds: (one: Outcome) => boolean) => of.filter(holds).length / of.length;
const asSuch = ({ found: { state }, right }: Outcome) => right === true && ['exact', 'normalised'].includes(state);

describeWithData('mueller-report', 'Sentences of the transcription in two machine readings', folder => {
  if (folder === '') return;
  const tex = readFileSync(join(folder, 'latex', 'post-election-contacts.tex'), 'utf8');
  const every = texSentences(tex, 0).filter(({ marked }) => marked !== '');
  const readings: [string, CapturedText][] = [
    ['the first', csvText(join(folder, 'pages.csv'))],
    ['the second', secondReading(join(folder, 'second-ocr.latin1.txt'))],
  ];
  const namings: Naming[] = ['nothing else', 'the words around it', 'the words around it and its page'];

  describe.each(readings)('in %s', (name, captured) => {
    it.each(namings)('where a passage names %s', naming => {
      const all = outcomes(every, captured, naming);
      if (process.env['CREDENCE_TABLES'] !== undefined)
        process.stderr.write(`${name}, ${naming}\n${table(all).join('\n')}\n`);

      // None is in a wrong place, whatever it is called.
      const wrong = all.filter(({ found: { state }, right }) => right === false && state !== 'ambiguous');
      expect(wrong.map(({ sentence }) => sentence.text)).toEqual([]);

      // Those that a plain folding finds have their right place, or it is among the candidates.
      const found = all.filter(({ kind }) => kind !== 'approximate');
      expect(share(found, ({ right }) => right === true)).toBeGreaterThanOrEqual(0.99);

      // As such: all but those that differ in more than a quotation may, and those that stand there several times.
      const single = found.filter(({ occurs }) => occurs === 1);
      expect(
        share(
          single.filter(({ kind }) => kind === 'exact'),
          asSuch,
        ),
      ).toBeGreaterThanOrEqual(naming === 'nothing else' ? 0.9 : 0.95);
      expect(share(single, asSuch)).toBeGreaterThanOrEqual(0.8);
      const text = found.filter(({ sentence }) => !sentence.note);
      expect(share(text, asSuch)).toBeGreaterThanOrEqual(0.92);
      expect(
        share(
          text.filter(({ kind }) => kind === 'exact'),
          asSuch,
        ),
      ).toBeGreaterThanOrEqual(0.98);

      // The sentences that the set's README counts: those on which a footnote hangs.
      const noted = all.filter(({ sentence }) => sentence.noted);
      expect(noted).toHaveLength(281);
      if (naming === 'nothing else') {
        const counted = noted.filter(({ kind }) => kind !== 'approximate');
        expect(counted.filter(({ kind }) => kind === 'exact').every(asSuch)).toBe(true);
        expect(share(counted, asSuch)).toBeGreaterThanOrEqual(name === 'the first' ? 0.96 : 0.93);
      }

      const approximate = all.filter(({ kind }) => kind === 'approximate');
      expect(
        share(approximate, one => asSuch(one) || (one.right === true && one.found.state === 'altered')),
      ).toBeGreaterThan(naming === 'nothing else' ? 0.66 : 0.75);
    });
  });
});

describeWithData('mueller-report', 'Passages of the ninth text of a passage in the fourteenth', folder => {
  if (folder === '') return;
  const [ninth, fourteenth] = ['009_2019-06-01_93d2f2da.tex', '014_2019-07-21_1428a9f7.tex'].map(file =>
    plainFile(folder, 'revisions-gerson', file),
  ) as [CapturedText, CapturedText];
  const old = prepared(ninth);
  const later = prepared(fourteenth);
  const lines = ninth.text.split('\n').filter(line => line.length >= 25);

  it.each(lines.map((line, index) => [index, line] as const))('%i', (_, line) => {
    const first = anchor({ exact: line }, old);
    const quote = first.selectors?.quote;
    const again = reanchor(
      {
        exact: line,
        ...(quote?.prefix ? { prefix: quote.prefix } : {}),
        ...(quote?.suffix ? { suffix: quote.suffix } : {}),
      },
      later,
    );
    const stands = fourteenth.text.includes(line);
    expect(again.state === 'exact').toBe(stands && first.state === 'exact');
    if (!stands) expect(['normalised', 'altered', 'ambiguous']).toContain(again.state);
    const place = again.pieces[0];
    if (place !== undefined) expect(Math.abs(place.start - ninth.text.indexOf(line))).toBeLessThan(200);
  });
});
