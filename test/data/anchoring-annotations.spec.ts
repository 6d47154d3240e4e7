import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { anchor, anchorTarget, quoteOf, readAnnotation, type Quote } from '@credence/anchoring';

import { describeWithData } from '../support/data-sets.js';

describeWithData('web-annotation', 'Samples of the Web Annotation tests', folder => {
  if (folder === '') return;
  const samples = (kind: string) =>
    readdirSync(join(folder, kind)).map(name => [name, readFileSync(join(folder, kind, name), 'utf8')] as const);

  it.each(samples('correct'))('reads %s', (_, text) => {
    expect(readAnnotation(text)).toMatchObject({ ok: true });
  });

  it.each(samples('incorrect'))('refuses %s with a reason', (_, text) => {
    const read = readAnnotation(text);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.faults.every(({ detail }) => detail !== '')).toBe(true);
  });

  const target = (name: string) => {
    const read = readAnnotation(readFileSync(join(folder, 'correct', name), 'utf8'));
    return read.ok ? read.targets[0] : undefined;
  };

  it('finds by quotation, by position and by refinement', () => {
    expect(quoteOf(target('anno26.json')!)).toEqual({
      exact: 'anotation',
      prefix: 'this is an ',
      suffix: ' that has some',
    });
    expect(
      anchorTarget(target('anno26.json')!, { text: 'Well, this is an anotation that has some faults' }),
    ).toMatchObject({
      state: 'exact',
      pieces: [{ start: 17, end: 26 }],
    });
    expect(anchorTarget(target('anno27.json')!, { text: 'x'.repeat(800) })).toMatchObject({
      pieces: [{ start: 412, end: 795 }],
    });
    expect(anchorTarget(target('anno27.json')!, { text: 'too short' })).toMatchObject({ state: 'lost' });
    expect(target('anno41-example44.json')).toMatchObject({
      selectors: [{ type: 'TextPositionSelector', start: 6, end: 27 }],
      others: ['FragmentSelector'],
    });
  });

  it('says where it cannot: selectors of other things', () => {
    expect(target('anno24.json')).toMatchObject({ selectors: [], others: ['CssSelector'] });
    expect(anchorTarget(target('anno24.json')!, { text: 'some text' })).toBeUndefined();
  });
});

interface Vector {
  readonly text: string;
  readonly exact: string;
  readonly prefix?: string | null;
  readonly suffix?: string | null;
  readonly hint?: number;
  readonly expect_start: number | null;
  readonly expect_text?: string;
}

describeWithData('text-anchoring', 'Vectors of an annotation client', folder => {
  if (folder === '') return;
  const { texts, cases } = JSON.parse(readFileSync(join(folder, 'quote-match-vectors-3.json'), 'utf8')) as {
    texts: Record<string, string>;
    cases: Vector[];
  };

  it.each(cases)('$exact', ({ text: name, exact, prefix, suffix, hint, expect_start, expect_text }) => {
    const text = texts[name] as string;
    const quote: Quote = {
      exact,
      ...(prefix && { prefix }),
      ...(suffix && { suffix }),
      ...(hint !== undefined && { position: hint }),
    };
    const found = anchor(quote, { text });
    expect(found.pieces[0]?.start ?? null).toBe(expect_start);
    if (expect_text !== undefined) expect(text.slice(found.pieces[0]?.start, found.pieces[0]?.end)).toBe(expect_text);
  });

  describe('selectors made by it', () => {
    const selector = JSON.parse(readFileSync(join(folder, 'minimal.json'), 'utf8')) as {
      rows: { target: { selector: unknown[] }[] }[];
    };
    it('are found in the text of the page', () => {
      const annotation = {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        id: 'urn:test',
        type: 'Annotation',
        target: { source: 'urn:page', ...selector.rows[0]?.target[0] },
      };
      const read = readAnnotation(JSON.stringify(annotation));
      const found = read.ok ? anchorTarget(read.targets[0]!, { text: 'One Two Three\n' }) : undefined;
      expect(found).toMatchObject({ state: 'exact', pieces: [{ start: 4, end: 7 }] });
    });
  });
});
