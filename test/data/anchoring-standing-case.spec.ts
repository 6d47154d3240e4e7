import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { anchor, prepared, type CapturedText, type Piece, type Quote } from '@credence/anchoring';

import { csvText, plainFile } from '../support/captured-texts.js';
import { describeWithData } from '../support/data-sets.js';

interface Expected {
  readonly capture: string;
  readonly state: string;
  readonly pieces?: readonly Piece[];
  readonly differs?: readonly string[];
  readonly candidates?: readonly Piece[];
  readonly near?: Piece;
}
type Passage = Quote & { capture: string };
interface Dossier {
  readonly assertions: readonly { key: string; passage?: Passage }[];
  readonly chains: readonly {
    claim: string;
    hops: readonly (string | { key?: string; source: string; passage?: Passage })[];
  }[];
}

function passagesOf({ assertions, chains }: Dossier): Map<string, Passage> {
  const found = new Map<string, Passage>();
  for (const { key, passage } of assertions) if (passage !== undefined) found.set(key, passage);
  for (const { claim, hops } of chains) {
    for (const hop of hops) {
      if (typeof hop !== 'string' && hop.passage !== undefined)
        found.set(hop.key ?? `${claim}.${hop.source}`, hop.passage);
    }
  }
  return found;
}

describeWithData('standing-case', 'Passages of the standing case', folder => {
  if (folder === '') return;
  const data = join(folder, '..');
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const expected = (JSON.parse(read('expected.json')) as { passages: Record<string, Expected> }).passages;
  const passages = passagesOf(parse(read('dossier.yaml')) as Dossier);
  const report = csvText(join(data, 'mueller-report', 'pages.csv'));
  const captures: Record<string, ReturnType<typeof prepared>> = {
    'cap-ocr1': prepared(report),
    'cap-article': prepared(plainFile(data, 'seed-article', 'article.txt')),
    'cap-tex': prepared(plainFile(data, 'mueller-report', 'latex', 'post-election-contacts.tex')),
  };

  it('is all of them', () => {
    expect([...passages.keys()].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', (key, { capture, state, pieces, differs, candidates, near }) => {
    const found = anchor(passages.get(key) as Passage, captures[capture] as CapturedText & ReturnType<typeof prepared>);
    expect(found.state).toBe(state);
    expect(found.differs).toEqual(differs);
    expect(found.candidates).toEqual(candidates);
    expect(found.pieces).toEqual(near === undefined ? (pieces ?? []) : [near]);
  });

  describe('with the sentence on PDF page 155 deleted', () => {
    const sentence = /Gerson provided that proposal to Kushner before the\ninauguration , and Kushner later[^.]*\./;
    const text = report.text.replace(sentence, gone => ' '.repeat(gone.length)); // pages stay where they are
    const without = { text, pages: report.pages ?? [] };

    const { page: _p, pdfPage: _f, ...anywhere } = passages.get('gt-sco-147') as Passage;
    it.each<[string, Quote]>([
      ['as it was recorded', passages.get('gt-sco-147') as Passage],
      ['without its page', anywhere],
      ['with the words around it', { ...anywhere, prefix: 'Kushner before the inauguration, and ' }],
    ])('the variant on page 15 is not taken for it: %s', (_, quote) => {
      expect(text).not.toBe(report.text);
      const { state } = anchor(quote, without);
      expect(['altered', 'ambiguous']).toContain(state);
    });
  });
});
