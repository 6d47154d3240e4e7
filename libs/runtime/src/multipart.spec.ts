import { expect, it } from '@jest/globals';
import { filesNamed } from './dossier-files.js';
import { multipart } from './multipart.js';

const utf8 = (text: string) => new TextEncoder().encode(text);

it('is a form that anybody can read: bytes as they are, names as they are', async () => {
  const { type, body } = multipart(
    (async function* () {
      yield { name: 'dossier', filename: 'c.yaml', bytes: utf8('dossier: 1\r\n') };
      yield {
        name: 'a "b".txt',
        filename: 'a "b".txt',
        bytes: (async function* () {
          yield utf8('x');
          yield utf8('y');
        })(),
      };
    })(),
  );
  const stream = ReadableStream.from(body);
  const form = await new Response(stream, { headers: { 'content-type': type } }).formData();
  expect(await (form.get('dossier') as File).text()).toBe('dossier: 1\r\n');
  expect(await (form.get('a "b".txt') as File).text()).toBe('xy');
});

it.each([
  [
    'dossier: 1\ncaptures:\n  - { key: a, file: x.txt }\n  - { key: b, file: d/y.txt }\n  - { key: c, file: x.txt }',
    ['x.txt', 'd/y.txt'],
  ],
  ['{"captures":[{"file":"x.txt"},{"key":"b"},7]}', ['x.txt']],
  ['captures: none', []],
  ['a: [', []],
  ['', []],
])('a dossier names its files, each once: %j', (dossier, files) => expect(filesNamed(utf8(dossier))).toEqual(files));

it('what is no text names none', () => expect(filesNamed(Uint8Array.of(0xff, 0xfe, 0))).toEqual([]));
