import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { terminal } from './testing.js';
import type { Terminal } from './testing.js';

const FIRST = 'The council met on Monday. Nora Winter said that the bridge was unsafe. It was closed at noon.\n';
const SECOND = 'The council met on Monday. Nora Winter said the bridge was not safe. It was closed at noon.\n';

describe('capture, and what is quoted', () => {
  let at: Terminal;
  let folder: string;
  let paper: string;
  let claim: string;
  let first: string;
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const quote = (exact: string, ...more: string[]) =>
    at.type('assert', claim, '--source', paper, '--passage.capture', first, '--passage.exact', exact, ...more);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'credence-capture-'));
    at = await terminal();
    paper = String((await at.json('source', 'add', 'The Courier', '--kind', 'organisation'))['id']);
    claim = String((await at.json('record', 'The bridge was unsafe.'))['id']);
  });
  afterAll(async () => {
    await at.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps a document, and says what its text came to', async () => {
    const path = file('first.txt', FIRST);
    const { code, out } = await at.type(
      'capture',
      path,
      '--source',
      paper,
      '--edition',
      'morning',
      '--retrieved-at',
      '2019-04-20',
    );
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        /^Capture taken, event @\d+\.\n[0-9a-f]{64}\nIts text has 95 characters \(credence-text 1\)\.\n$/,
      ),
    ]);
    const { items } = await at.ledger.captures(paper);
    expect(items).toMatchObject([
      { file: 'first.txt', edition: 'morning', mediaType: 'text/plain', retrievedAt: { edtf: '2019-04-20' } },
    ]);
    first = items[0]?.sha256 ?? '';
    expect((await at.type('capture', path, '--source', paper)).out).toBe(
      'Nothing to change: it is on record like this already.\n',
    );
    expect((await at.json('capture', path, '--source', paper))['events']).toEqual([]);
  });

  it('refuses a document that cannot be read, unless it is to be kept without a text', async () => {
    const path = file('old.txt', Buffer.from([0x41, 0x92]));
    const refused = await at.type('capture', path, '--source', paper);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/--file: .*charset=windows-1252.*\(encoding\)|charset=windows-1252/),
    ]);
    const said = await at.type(
      'capture',
      path,
      '--source',
      paper,
      '--media-type',
      'text/plain; charset=windows-1252',
      '--dry-run',
    );
    expect([said.code, said.out]).toEqual([0, expect.stringContaining('Nothing was written')]);
    const { code, out } = await at.type('capture', path, '--source', paper, '--without-text');
    expect([code, out]).toEqual([0, expect.stringContaining('Kept without a text, as wished.')]);
  });

  it('a document that was kept without a text gets one as a document of its own, and is quoted from that', async () => {
    const scan = file('scan.bin', Buffer.from([0x41, 0x93, 0x42]));
    const kept = await at.json<{ id: string }>('capture', scan, '--source', paper, '--without-text');
    const { out } = await at.type('capture', scan, '--source', paper);
    expect(out).toContain(`capture its text as a document of its own: --derived-from ${kept.id.slice(0, 12)}`);
    const read = file('scan.txt', 'Read by hand: the bridge was shut.');
    const text = await at.json<{ id: string }>('capture', read, '--source', paper, '--derived-from', kept.id);
    const other = String((await at.json('record', 'The bridge was shut.'))['id']);
    const passage = ['--passage.exact', 'the bridge was shut', '--passage.capture', text.id];
    const said = await at.json<{ passage: object }>(
      'assert',
      other,
      '--source',
      paper,
      '--stance',
      'asserts',
      ...passage,
    );
    expect(said.passage).toMatchObject({ state: 'exact' });
    const [derived] = (await at.ledger.captures(paper)).items;
    expect(derived).toMatchObject({ sha256: text.id, derivedFrom: kept.id });
  });

  it('needs a file that is there, and a source', async () => {
    expect((await at.type('capture', join(folder, 'none.txt'), '--source', paper)).code).toBe(1);
    expect((await at.type('capture', join(folder, 'first.txt'))).code).toBe(2);
    expect((await at.type('capture', join(folder, 'first.txt'), '--source', 'nobody-here')).code).toBe(1);
    const { out } = await at.type('capture', '--help');
    for (const option of [
      '--url',
      '--retrieved-at',
      '--edition',
      '--derived-from',
      '--replaces',
      '--without-text',
      '--media-type',
    ])
      expect(out).toContain(option);
    expect(out).not.toMatch(/--sha256|--size/);
  });

  it('is silent of a quotation that stands there, and says what is wrong with another', async () => {
    expect((await quote('It was closed at noon.')).out).toMatch(/^Assertion recorded, event @\d+\.\n[a-z2-7]{26}\n$/);
    const { out } = await quote(
      'Nora Winter says that the bridge was unsafe.',
      '--stance',
      'asserts',
      '--passage.voice',
      'reporter',
    );
    expect(out).toMatch(
      /The quotation is altered: other words stand there, 9\d(\.\d)? % alike\.\nNora Winter \[-says-\] \{\+said\+\} that the bridge was unsafe\.\n$/,
    );
  });

  it('show prints a passage in its context, marked, and nobody’s words after it in quotation marks', async () => {
    const { out } = await at.type('show', claim);
    expect(out).toContain('HOW WE KNOW');
    expect(out).toContain('yes, altered');
    expect(out).toContain(`QUOTED
 Of The Courier, in another’s words:
   …The council met on Monday. ⟦Nora Winter said that the bridge was unsafe.⟧ It was closed at noon.
   …`);
    expect(out).toContain('(altered: other words stand there');
    expect(out).toMatch(/ The Courier:\n {3}….*⟦It was closed at noon\.⟧/s);
    expect(out).not.toMatch(/["“][^"”]*["”],? (said|says)? ?(The Courier|Nora)/);
  });

  it('chain, why and history say it too', async () => {
    expect((await at.type('chain', claim)).out).toContain('quotation altered');
    expect((await at.type('why', claim)).out).toContain('QUOTED WITH A DOUBT');
    expect((await at.type('history', claim)).out).toContain('passage state: altered');
  });

  it('quotes check lists what is not found as it stands', async () => {
    const { code, out } = await at.type('quotes', 'check', '--source', paper);
    expect(code).toBe(1); // found wrong
    expect(out).toContain('The Courier, on ');
    expect(out).toContain('Nora Winter [-says-] {+said+} that the bridge was unsafe.');
    expect(out).not.toContain('closed at noon');
    const asked = await at.type('quotes', 'check', '--json');
    expect([asked.code, JSON.parse(asked.out)]).toMatchObject([1, { items: [{ state: 'altered', claim }] }]);
    const lost = await at.type('quotes', 'check', '--state', 'lost');
    expect([lost.code, lost.out]).toEqual([0, expect.stringContaining('No quotation is like that.')]);
    expect((await at.type('quotes', 'check', '--state', 'exact')).code).toBe(0);
    expect((await at.type('quotes', 'check', '--state', 'odd')).code).toBe(1);
  });

  it('a capture that replaces another says state by state where its passages stand; a place is taken over by hand', async () => {
    const path = file('second.txt', SECOND);
    const { out } = await at.type('capture', path, '--source', paper, '--replaces', first);
    expect(out).toContain('2 passages of the capture that it replaces, looked for in it: ');
    expect(out).toMatch(/1 exact and 1 altered|1 altered and 1 exact/);
    const [second] = (await at.ledger.captures(paper)).items;
    const { items } = await at.ledger.reanchoring(second?.sha256 ?? '');
    const doubtful = items.find(({ now }) => now.state === 'altered');
    const [piece] = doubtful?.now.pieces ?? [];
    const place = ['--capture', second?.sha256 ?? '', '--start', String(piece?.start), '--end', String(piece?.end)];
    const accepted = await at.type(
      'quotes',
      'reanchor',
      doubtful?.assertion ?? '',
      ...place,
      '--reason',
      'the noon edition',
    );
    expect([accepted.code, accepted.out]).toEqual([0, expect.stringMatching(/^Passage reanchored, event @/)]);
    expect((await at.type('history', claim)).out).toContain('the noon edition');
  });
});
