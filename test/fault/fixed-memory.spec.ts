import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUILT, start, temporaryFolder } from '../support/built.js';
import { compiled } from '../support/compiled.js';

/** Heap of the process that does the work: one with nothing to do needs 20, two pages of events and what is made of them 12. */
const HEAP_MB = 48;
const SERVER_HEAP_MB = 72;
/** Of 4 kB each: ten times as many fill the heap. */
const FEW = 1000;
const MANY = 10 * FEW;

/** What is marked by and by counts as used until it is done: on a busy machine that alone can fill a small heap. */
const heapOf = (mb: number) => [`--max-old-space-size=${String(mb)}`, '--no-incremental-marking'];

let program: ReturnType<typeof compiled>;
let root: ReturnType<typeof temporaryFolder>;
const folder = (name: string) => join(root.path, name);

interface Came {
  /** Events or entries that the work has been through. */
  readonly handled: number;
  /** The most memory that the process had. */
  readonly memoryMb: number;
}

const work = (name: string, where: string, size = 0): Promise<Came | 'out of heap'> =>
  new Promise((resolve, reject) => {
    const args = [...heapOf(HEAP_MB), program.file, name, folder(where), String(size)];
    execFile(process.execPath, args, (error, out, err) => {
      if (error === null) resolve(JSON.parse(out) as Came);
      else if (/heap out of memory|heap limit/i.test(err)) resolve('out of heap');
      else reject(new Error(err));
    });
  });

beforeAll(async () => {
  program = compiled('test/fault/long-work.ts');
  root = temporaryFolder();
  await work('fill', 'few', FEW);
  await work('fill', 'many', MANY);
}, 120_000);
afterAll(() => {
  program.remove();
  root.remove();
});

describe('promise 11: bounded', () => {
  it('the limit is one: what holds every event fits with few and not with many', async () => {
    expect(await work('gather', 'few')).toMatchObject({ handled: FEW + 1 });
    expect(await work('gather', 'many')).toBe('out of heap');
  }, 120_000);

  it('views are built, the feed is read and the log is verified in fixed memory', async () => {
    expect(await work('scan', 'many')).toMatchObject({ handled: MANY + 1 });
  }, 120_000);

  it('views are rebuilt in fixed memory', async () => {
    expect(await work('rebuild', 'many')).toMatchObject({ handled: MANY + 1 });
  }, 120_000);

  it('an import fits into the heap that it fits into with a small ledger, however large the ledger is', async () => {
    expect(await work('import', 'few')).toMatchObject({ handled: 500 });
    expect(await work('import', 'many')).toMatchObject({ handled: 500 });
  }, 120_000);

  it('a captured file is taken in fixed memory', async () => {
    const small = await work('import a capture', 'small-file', 8_000_000);
    const large = await work('import a capture', 'large-file', 64_000_000);
    expect([small, large]).toMatchObject([{ handled: 2 }, { handled: 2 }]);
    expect((large as Came).memoryMb - (small as Came).memoryMb).toBeLessThan(40);
  }, 120_000);

  /** Of one that reads the document whole: as much as the document has. */
  const SENT_MB = 160;
  const withMemory = existsSync('/proc/self/status') ? it : it.skip;
  withMemory(
    'a long document sent over HTTP is refused, or kept without a text, in fixed memory',
    async () => {
      const server = start([BUILT, 'serve', '--port', '0', '--ledger', `sqlite:${folder('sent')}`]);
      const [url = ''] = await server.saw(/http:\/\/[0-9.:]+/);
      const post = async (path: string, type: string | undefined, body: string | ReadableStream<Uint8Array>) => {
        const headers = { 'credence-actor': 'ada', ...(type === undefined ? {} : { 'content-type': type }) };
        const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body, duplex: 'half' });
        return { status: answer.status, ...((await answer.json()) as { id?: string; code?: string }) };
      };
      const { id = '' } = await post('/v1/sources', 'application/json', '{"kind":"record","name":"A long record"}');
      const path = `/v1/sources/${id}/captures`;
      const before = peakMb(server.child.pid);
      expect(await post(path, 'text/plain', megabytes(SENT_MB))).toMatchObject({
        status: 422,
        code: 'unreadable-document',
      });
      expect(await post(`${path}?withoutText=true`, 'text/plain', megabytes(SENT_MB))).toMatchObject({ status: 201 });
      const form = multipart(megabytes(SENT_MB, 'b'));
      expect(await post(`${path}?withoutText=true`, 'multipart/form-data; boundary=x', form)).toMatchObject({
        status: 201,
      });
      expect(peakMb(server.child.pid) - before).toBeLessThan(0.75 * SENT_MB);
      server.child.kill();
      expect((await server.ended).code).toBe(0);
    },
    120_000,
  );

  it('commands are carried out line by line in fixed memory', async () => {
    const program = [...heapOf(SERVER_HEAP_MB), BUILT, 'serve', '--port', '0'];
    const server = start([...program, '--ledger', `sqlite:${folder('commands')}`]);
    const [url = ''] = await server.saw(/http:\/\/[0-9.:]+/);
    // Every other line is far too long for a claim: it is read, refused by a line of the answer, and forgotten.
    const long = 'far too long '.repeat(40_000);
    const lines = 2 * Math.ceil((SERVER_HEAP_MB * 1.3 * 1024 * 1024) / long.length);
    const outcomes = { recorded: 0, refused: 0 };
    const text = (n: number) => `Claim ${String(n)} ${n % 2 === 0 ? '' : long}`;
    for await (const { seq } of answered(url, lines, n => ({
      command: 'RecordClaim',
      data: {},
      words: { text: text(n) },
    })))
      outcomes[seq === undefined ? 'refused' : 'recorded']++;
    expect(outcomes).toEqual({ recorded: lines / 2, refused: lines / 2 });
    server.child.kill();
    expect((await server.ended).code).toBe(0);
  }, 120_000);
});

/** The most memory that a process had so far. */
const peakMb = (pid = 0) =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;

function megabytes(count: number, letter = 'a'): ReadableStream<Uint8Array> {
  const chunk = Buffer.alloc(1024 * 1024, `${letter} line of a long record\n`);
  let sent = 0;
  return new ReadableStream({
    pull: controller => {
      if (sent++ === count) controller.close();
      else controller.enqueue(chunk);
    },
  });
}

/** RFC 7578: a form with the part `file`. */
function multipart(file: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const head =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n';
  const parts = async function* () {
    yield Buffer.from(head);
    yield* file;
    yield Buffer.from('\r\n--x--\r\n');
  };
  return ReadableStream.from(parts());
}

/** Sends commands as fast as they are taken. */
async function* answered(url: string, count: number, of: (n: number) => object): AsyncGenerator<{ seq?: number }> {
  const body = new ReadableStream({
    pull: controller => {
      for (let i = 0; i < 2 && sent < count; i++) controller.enqueue(Buffer.from(`${JSON.stringify(of(sent++))}\n`));
      if (sent === count) controller.close();
    },
  });
  let sent = 0;
  const headers = { 'content-type': 'application/x-ndjson', 'credence-actor': 'ada' };
  const answer = await fetch(`${url}/v1/commands`, { method: 'POST', headers, body, duplex: 'half' });
  let rest = '';
  for await (const chunk of (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) yield JSON.parse(part) as { seq?: number };
  }
}
