import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pdfOf, pdfOfStreams } from '../../libs/extraction/src/testing.js';
import { credence, mustBeBuilt, temporaryFolder } from '../support/built.js';

/** Through the command line as built: documents are read in a thread of their own there. */
let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  mustBeBuilt();
  folder = temporaryFolder();
});
afterAll(() => {
  folder.remove();
});

const MB = 1024 * 1024;
const typed = (...argv: string[]) =>
  credence([...argv, '--ledger', `sqlite:${join(folder.path, 'ledger')}`], { cwd: folder.path });

it('a PDF and a page are captured and quoted; a hostile one is refused, and kept without a text if somebody says so', async () => {
  writeFileSync(join(folder.path, 'report.pdf'), pdfOf(['The bridge was closed.']));
  writeFileSync(join(folder.path, 'page.html'), '<h1>The <b>bridge</b></h1><script>alert(1)</script>');
  writeFileSync(
    join(folder.path, 'bomb.pdf'),
    pdfOfStreams([deflateSync(Buffer.alloc(64 * MB, 'BT /F1 12 Tf (wordwordwordwordwordwordwordword) Tj ET\n'))]),
  );
  const { out: source } = await typed('source', 'add', 'The paper', '--kind', 'organisation', '--json');
  const { id } = JSON.parse(source) as { id: string };
  expect((await typed('capture', 'report.pdf', '--source', id)).out).toContain(
    'Its text has 22 characters (pdfjs-dist ',
  );
  expect((await typed('capture', 'page.html', '--source', id)).out).toContain(
    'Its text has 10 characters (credence-html 1)',
  );
  const { code, err } = await typed('capture', 'bomb.pdf', '--source', id);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/over 16777216 characters|takes more than .*\(unreadable-document\)/),
  ]);
  const kept = await typed('capture', 'bomb.pdf', '--source', id, '--without-text');
  expect([kept.code, kept.out]).toEqual([0, expect.stringContaining('Kept without a text, as wished.')]);
}, 120_000);
