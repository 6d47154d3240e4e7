import { describe, expect, it } from '@jest/globals';
import { extract } from './extract.js';
import type { Extracted } from './extracted.js';
import { pdfOf } from './testing.js';

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian = false, mark = true) => {
  const units = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le');
  return new Uint8Array(bigEndian ? units.swap16() : units);
};
const read = async (bytes: Uint8Array, mediaType: string) => (await extract(bytes, mediaType)) as Extracted;

describe('the text of a text', () => {
  it('is the decoded file, to the last line break', async () => {
    const text = 'One.\r\nTwo — “three”.\n\n';
    for (const type of ['text/plain', 'text/markdown', 'text/x-tex', 'application/json'])
      expect(await read(utf8(text), type)).toEqual({ text, extractor: { name: 'credence-text', version: '1' } });
  });

  it('has no byte order mark, which says the encoding whatever the media type says', async () => {
    const text = 'Ärger 😀';
    const others = [utf8(`\ufeff${text}`), utf16(text), utf16(text, true)];
    for (const bytes of others) expect((await read(bytes, 'text/plain; charset=iso-8859-1')).text).toBe(text);
  });

  it('is decoded in the charset of the media type', async () => {
    const bytes = new Uint8Array([0x93, 0xe9, 0x94]);
    for (const type of ['text/plain; charset=windows-1252', 'text/plain;charset="Windows-1252"'])
      expect((await read(bytes, type)).text).toBe('“é”');
    expect((await read(utf16('no mark', false, false), 'text/plain; charset=utf-16le')).text).toBe('no mark');
  });

  it('has pages where form feeds divide it', async () => {
    const { pages } = await read(utf8('one\ftwo 😀\fthree'), 'text/plain');
    expect(pages).toEqual([
      { start: 0, end: 3, pdfPage: 1 },
      { start: 4, end: 9, pdfPage: 2 },
      { start: 10, end: 15, pdfPage: 3 },
    ]);
  });

  it('has the numbers printed on its pages, where they count up', async () => {
    const text = ['A.\n10', 'B.\n11', 'C.\n12', 'D.\n13'].join('\f');
    const { pages } = await read(utf8(text), 'text/plain');
    expect(pages?.map(({ printed }) => printed)).toEqual(['10', '11', '12', '13']);
  });

  it.each([
    ['no text in utf-8: byte 2 is 0x92; say', new Uint8Array([0x61, 0x62, 0x92, 0x63]), 'text/plain'],
    ['charset=windows-1252', new Uint8Array([0x92]), 'text/plain'],
    ['charset=utf-16le', utf16('a text without a mark', false, false), 'text/plain'],
    ['no text in utf-8', new Uint8Array([0xff]), 'text/plain; charset=utf-8'],
    ['no encoding is called "utf-9"', utf8('a'), 'text/plain; charset=utf-9'],
    ['holds a NUL character, the 2th', utf8('a\0b'), 'text/plain'],
    ['no text in utf-16le', new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), 'text/plain'],
  ])('is refused, never mended: %s', async (detail, bytes, type) => {
    expect(await extract(bytes, type)).toMatchObject({
      unreadable: 'encoding',
      detail: expect.stringContaining(detail) as unknown,
    });
  });

  it('is not there of what is no text', async () => {
    for (const type of ['image/png', 'application/octet-stream', 'application/zip'])
      expect(await extract(utf8('PK'), type)).toBeUndefined();
  });
});

describe('the text of a table of pages', () => {
  it('has the rows of a page in lines, and pages by their numbers', async () => {
    const { text, pages, extractor } = await read(
      utf8('page,line,text\r\n14,1,"first, of 14"\r\n14,2,second\r\n152,1,NA\r\n14,3,late\r\n'),
      'text/csv',
    );
    expect(text).toBe('first, of 14\nsecond\nlate\fNA');
    expect(pages?.map(({ pdfPage }) => pdfPage)).toEqual([14, 152]);
    expect(extractor.name).toBe('credence-csv');
  });

  it('is the file itself of another table', async () => {
    expect((await read(utf8('name,year\nA,1\n'), 'text/csv')).text).toBe('name,year\nA,1\n');
  });

  it.each(['page,line,text\n1,1,"open\n', 'page,line,text\nseven,1,a\n', 'page,line,text\n0,1,a\n'])(
    'is refused: %j',
    async csv => {
      expect(await extract(utf8(csv), 'text/csv')).toMatchObject({ unreadable: 'broken' });
    },
  );
});

describe('the text of a page', () => {
  const text = async (html: string, type = 'text/html') => (await read(utf8(html), type)).text;

  it('is what a reader sees, a line for each block', async () => {
    const html = `<!doctype html><html><head><title>T</title><style>p{}</style></head><body>
      <h1>Head &amp; <i>line</i></h1><p>One\n   <b>two</b>&nbsp;three<sup>1</sup>.<br>four</p>
      <ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table><pre>  x\n  y</pre></body></html>`;
    expect(await text(html)).toBe('Head & line\nOne two\u00a0three1.\nfour\na\nb\nc\td\n  x\n  y');
  });

  it('has nothing of scripts, styles and what is hidden', async () => {
    const html = `<p>a<script>document.write("b")</script><style>c</style><span hidden>d</span>
      <span style="display: none">e</span><noscript>f</noscript><template>g</template>h</p><!-- i -->
      <p onclick="alert('j')">k</p><svg><script>l</script></svg><iframe srcdoc="m">n</iframe>`;
    expect(await text(html)).toBe('a h\nk');
  });

  it('is decoded as the page says, unless the media type says otherwise', async () => {
    const page = (meta: string) => Buffer.from(`<head>${meta}</head><p>caf\u00e9</p>`, 'latin1');
    expect((await read(page('<meta charset="windows-1252">'), 'text/html')).text).toBe('café');
    const equiv = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">';
    expect((await read(page(equiv), 'text/html')).text).toBe('café');
    expect((await read(page('<meta charset="utf-8">'), 'text/html; charset=latin1')).text).toBe('café');
    expect(await extract(page(''), 'text/html')).toMatchObject({ unreadable: 'encoding' });
  });

  it('is bounded in depth', async () => {
    expect(await extract(utf8('<b>'.repeat(20_000)), 'text/html')).toMatchObject({ unreadable: 'broken' });
  });
});

describe('the text of a PDF', () => {
  it('has its pages, form feeds between them, and the labels that the file gives', async () => {
    const found = await read(pdfOf(['First page.', 'Second page.', 'Third page.'], { labels: 'r' }), 'application/pdf');
    expect(found.text).toBe('First page.\fSecond page.\fThird page.');
    expect(found.pages?.map(({ pdfPage, printed }) => [pdfPage, printed])).toEqual([
      [1, 'i'],
      [2, 'ii'],
      [3, 'iii'],
    ]);
    expect(found.extractor).toEqual({ name: 'pdfjs-dist', version: '5.6.205' });
  });

  it('is not there of pictures of pages', async () => {
    expect(await extract(pdfOf(['', '']), 'application/pdf')).toBeUndefined();
  });

  it.each([
    ['broken', utf8('%PDF-1.7\nnothing')],
    ['broken', utf8('no PDF at all')],
    ['broken', new Uint8Array()],
    ['broken', pdfOf(['text']).slice(0, 120)],
  ])('is refused: %s', async (fault, bytes) => {
    expect(await extract(bytes, 'application/pdf')).toMatchObject({ unreadable: fault });
  });
});
