import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { extractApart, LIMITS } from '@credence/extraction';
import { pdfOf, pdfOfStreams } from '../../libs/extraction/src/testing.js';
import { compiled } from '../support/compiled.js';

const MB = 1024 * 1024;
const peak = () => process.memoryUsage().rss;

/** Documents made to take all time or all memory of whoever reads them. Each ends in an answer, soon. */
describe('hostile documents', () => {
  jest.setTimeout(90_000);
  let worker: ReturnType<typeof compiled>;
  beforeAll(() => {
    worker = compiled('libs/extraction/src/worker.ts');
  });
  afterAll(() => {
    worker.remove();
  });
  const read = (bytes: Uint8Array, mediaType: string, limits: Partial<typeof LIMITS> = {}) =>
    extractApart(bytes, mediaType, { ...LIMITS, deadlineMs: 20_000, ...limits, worker: worker.file });

  it('an honest one is read all the same', async () => {
    expect(await read(pdfOf(['Words.']), 'application/pdf')).toMatchObject({ text: 'Words.' });
    expect(await read(Buffer.from('<p>Words.'), 'text/html')).toMatchObject({ text: 'Words.' });
    expect(await read(Buffer.alloc(2 * MB, 'word '), 'text/plain')).toMatchObject({
      extractor: { name: 'credence-text' },
    });
  });

  it('a PDF of which a page unpacks to a gigabyte', async () => {
    const before = peak();
    const bomb = pdfOfStreams([deflateSync(deflatable(1024 * MB, ' '), { level: 9 })]);
    expect(bomb.length).toBeLessThan(2 * MB);
    const answer = await read(bomb, 'application/pdf', { memoryMb: 256 });
    expect(answer).toMatchObject({ unreadable: expect.stringMatching(/too-much-memory|too-long/) as unknown });
    expect(peak() - before).toBeLessThan(2048 * MB);
  });

  it('a PDF that shows more words than can be searched', async () => {
    const words = deflateSync(deflatable(64 * MB, 'BT /F1 12 Tf (wordwordwordwordwordwordwordword) Tj ET\n'));
    const answer = await read(pdfOfStreams([words]), 'application/pdf');
    expect(answer).toMatchObject({ unreadable: expect.stringMatching(/too-/) as unknown });
  });

  it('a PDF that takes for ever', async () => {
    const slow = deflateSync(deflatable(256 * MB, 'q '));
    const started = Date.now();
    const answer = await read(pdfOfStreams([slow]), 'application/pdf', { deadlineMs: 1500 });
    expect(answer).toMatchObject({ unreadable: expect.stringMatching(/too-/) as unknown });
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('a text of 200 MB', async () => {
    const answer = await read(Buffer.alloc(200 * MB, 'word '), 'text/plain');
    expect(answer).toMatchObject({ unreadable: 'too-large' });
  });

  it('a page of nothing but beginnings', async () => {
    expect(await read(Buffer.alloc(20 * MB, '<b>'), 'text/html')).toMatchObject({ unreadable: 'broken' });
    expect(await read(Buffer.alloc(20 * MB, '<p>'), 'text/html')).toMatchObject({ text: '' });
    expect(await read(Buffer.alloc(5 * MB, '&'), 'text/html')).toMatchObject({ extractor: { name: 'credence-html' } });
  });

  it('a PDF cut off anywhere, or with a byte changed anywhere', async () => {
    const whole = pdfOf(['One page of words.', 'And another.']);
    for (let at = 16; at < whole.length; at += 157) {
      const changed = whole.slice();
      changed[at] = 0x20;
      for (const bytes of [whole.slice(0, at), changed]) {
        const answer = await read(bytes, 'application/pdf');
        if (answer !== undefined && 'unreadable' in answer) expect(answer.unreadable).toBe('broken');
      }
    }
  });
});

/** Chunks, so that the test itself holds no more than it must. */
function deflatable(length: number, unit: string): Buffer {
  return Buffer.alloc(length, unit);
}
