import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { expect, it } from '@jest/globals';
import type { Ledger } from '@credence/runtime';
import { cslFields } from '../../libs/exchange/src/citation/csl-fields.js';
import { apaItem } from '../../libs/exchange/src/citation/apa-item.js';
import { chicagoItem } from '../../libs/exchange/src/citation/chicago-item.js';
import type { CslItem } from '../../libs/exchange/src/citation/csl.js';
import { dataSet, describeWithData } from '../support/data-sets.js';
import { importFile } from '../support/dossiers.js';
import { openWithMedia } from '../support/ledgers.js';

describeWithData('csl-json', 'Citations against the CSL schema', folder => {
  if (folder === '') return;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const schema = JSON.parse(readFileSync(join(folder, 'csl-data.schema.json'), 'utf8')) as object;
  const validate = ajv.compile(schema);
  const wrong = (items: unknown) =>
    validate(items) ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);

  it('the schema tells right from wrong', () => {
    expect(wrong([{ id: 'a', type: 'book' }])).toEqual([]);
    expect(wrong([{ id: 'a', type: 'book', author: [{ firstName: 'Ann' }] }])).not.toEqual([]);
    expect(wrong([{ id: 'a', type: 'tweet' }])).not.toEqual([]);
  });

  const dossiers = [
    join(process.cwd(), 'examples', 'back-channel', 'back-channel.dossier.yaml'),
    ...[dataSet('standing-case')].flatMap(found => (found === undefined ? [] : [join(found, 'dossier.yaml')])),
  ];
  it.each(dossiers)(
    'every claim of %s is cited by valid items',
    async file => {
      const { ledger } = await openWithMedia('memory:');
      await importFile(ledger, file);
      for (const { id } of (await claimsOf(ledger)).items) {
        const { items, text, chains } = await ledger.citation(id, { style: 'csl-json' });
        expect(wrong(items)).toEqual([]);
        expect(wrong(JSON.parse(text))).toEqual([]);
        expect(items.length).toBe(1 + new Set(chains.flatMap(({ hops }) => hops.map(hop => hop.assertion))).size);
      }
      await ledger.close();
    },
    60_000,
  );

  const read = (name: string) => gunzipSync(readFileSync(join(folder, name))).toString('utf8');
  const known = JSON.parse(read('items.json.gz')) as CslItem[];
  const broken = read('processor-tests.jsonl.gz')
    .split('\n')
    .filter(line => line !== '')
    .flatMap(line => (JSON.parse(line) as { input: CslItem[] }).input);

  it('whatever a source has among its fields comes out valid, and nothing is lost', () => {
    expect(known.length + broken.length).toBeGreaterThan(1000);
    for (const { id, ...cite } of [...known, ...broken]) {
      const { custom = {}, ...fields } = cslFields(cite) as { custom?: object };
      expect(wrong([{ type: 'document', ...fields, custom, id: String(id) }])).toEqual([]);
      expect(Object.keys({ ...fields, ...custom }).sort()).toEqual(Object.keys(cite).sort());
    }
  });

  it('every item is rendered in every style, with its title and its first author', () => {
    for (const given of known) {
      const item = { ...cslFields(given), id: String(given.id), type: given.type };
      const { title, author } = item as { title?: string; author?: { family?: string; literal?: string }[] };
      for (const render of [chicagoItem, apaItem]) {
        const text = render(item);
        expect(text).not.toMatch(/undefined|\[object|NaN| {2}|, ,|\(\)|^[,.]/);
        const plain = (words: string) => words.replace(/<[^<>]*>|[“”„‘’"']/g, '').replace(/\s+/g, ' ');
        if (title !== undefined && !UNTITLED.has(item.type)) expect(plain(text)).toContain(plain(title).trim());
        const first = author?.[0]?.literal ?? author?.[0]?.family;
        if (first !== undefined && !UNSIGNED.has(item.type)) expect(plain(text)).toContain(plain(first).trim());
      }
    }
  });
});

/** Cited by who spoke; a case and a statute are not signed. */
const UNTITLED = new Set(['personal_communication']);
const UNSIGNED = new Set(['legal_case', 'bill', 'legislation', 'regulation', 'treaty']);

const claimsOf = (ledger: Ledger) => ledger.claims({ limit: '500' });
