import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { AppendStreamState } from '@kurrent/kurrentdb-client';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { AppendFault, KurrentDouble } from '../support/kurrent-double/index.js';
import { LIVE_URL } from '../support/live-kurrent.js';

/* The client package itself appends, by its own default and one call each: the double answers as a live server does. */

const PATHS = ['batchAppend', 'append'] as const;
type Path = (typeof PATHS)[number];

/** Giving credentials makes the client append one call at a time. */
const howTo = (path: Path) => (path === 'append' ? { credentials: { username: 'nobody', password: 'nobody' } } : {});
const event = (n: number, id: string = randomUUID()) => jsonEvent({ id, type: 'Happened', data: { n } });
const events = (count: number) => Array.from({ length: count }, (_, n) => event(n));
const freshStream = () => `t${randomBytes(6).toString('hex')}-double`;

function answersAsTheServer(clientOf: () => KurrentDBClient, path: Path): void {
  const append = (stream: string, streamState: AppendStreamState, proposed: ReturnType<typeof events>) =>
    clientOf().appendToStream(stream, proposed, { streamState, ...howTo(path) });
  const idsIn = async (stream: string) => {
    const ids: string[] = [];
    for await (const { event: read } of clientOf().readStream(stream)) ids.push(read?.id ?? '');
    return ids;
  };

  it('success: the last revision and its position; read back in order', async () => {
    const [stream, [a, b, c]] = [freshStream(), events(3) as [never, never, never]];
    const first = await append(stream, 'no_stream', [a, b]);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const second = await append(stream, 1n, [c]);
    expect(second.nextExpectedRevision).toBe(2n);
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit as bigint);
    expect(await idsIn(stream)).toEqual([a, b, c].map(({ id }: { id: string }) => id));
  });

  it.each<[name: string, there: number, wanted: AppendStreamState, actual: bigint | 'no_stream']>([
    ['a stream where none should be', 2, 'no_stream', 1n],
    ['an older revision', 2, 0n, 1n],
    ['a revision to come', 2, 7n, 1n],
    ['a revision of no stream', 0, 3n, 'no_stream'],
    ['no stream where one should be', 0, 'stream_exists', 'no_stream'],
  ])('wrong expected version: %s; nothing is written', async (_, there, expectedState, actualState) => {
    const stream = freshStream();
    if (there > 0) await append(stream, 'no_stream', events(there));
    await expect(append(stream, expectedState, events(1))).rejects.toMatchObject({
      type: 'wrong-expected-version',
      streamName: stream,
      expectedState,
      actualState,
    });
    if (there > 0) expect(await idsIn(stream)).toHaveLength(there);
  });

  it('an identical repeat is the success that it was; one that differs is none', async () => {
    const [stream, sent] = [freshStream(), events(3)];
    const [a, b, c] = sent as [never, never, never];
    const first = await append(stream, 'no_stream', sent);
    expect(await append(stream, 'no_stream', sent)).toEqual(first);
    expect(await append(stream, 0n, [b])).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await append(stream, 'any', sent)).toMatchObject({ success: true, nextExpectedRevision: 2n });
    for (const [state, other] of [
      ['no_stream', [a, c]],
      [0n, [b, c, event(9)]],
      ['any', [a, event(9)]],
    ] as const)
      await expect(append(stream, state, [...other])).rejects.toMatchObject({ type: 'wrong-expected-version' });
    expect(await idsIn(stream)).toHaveLength(3);
  });

  it('a tombstoned stream takes nothing, and the appends beside it go on', async () => {
    const [gone, stream] = [freshStream(), freshStream()];
    await append(gone, 'no_stream', events(1));
    await clientOf().tombstoneStream(gone);
    const [refused, done] = await Promise.allSettled([append(gone, 0n, events(1)), append(stream, 'any', events(1))]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { type: 'stream-deleted', streamName: gone } });
    expect(done).toMatchObject({ status: 'fulfilled', value: { success: true } });
  });

  it('many in flight, each cut into messages: each has its own answer', async () => {
    const streams = Array.from({ length: 8 }, (_, n) => [freshStream(), events(2 + n)] as const);
    const answers = await Promise.all(
      streams.map(([stream, proposed]) =>
        clientOf().appendToStream(stream, proposed, { streamState: 'no_stream', batchAppendSize: 80, ...howTo(path) }),
      ),
    );
    expect(answers.map(({ nextExpectedRevision }) => nextExpectedRevision)).toEqual(
      streams.map((_, n) => BigInt(n + 1)),
    );
    for (const [stream, proposed] of streams) expect(await idsIn(stream)).toEqual(proposed.map(({ id }) => id));
  });

  if (path === 'batchAppend')
    it('a deadline that is over when it comes is kept, and nothing is written', async () => {
      const stream = freshStream();
      await expect(
        clientOf().appendToStream(stream, events(1), { streamState: 'no_stream', deadline: -1000 }),
      ).rejects.toMatchObject({ type: 'deadline-exceeded', message: '' });
      await expect(idsIn(stream)).rejects.toMatchObject({ type: 'stream-not-found' });
    });
}

describe.each(PATHS)('the double, by %s', path => {
  let double: KurrentDouble;
  let client: KurrentDBClient;
  beforeAll(async () => {
    double = await kurrentDouble();
    client = KurrentDBClient.connectionString(double.url);
  });
  afterAll(async () => {
    await client.dispose();
    await double.stop();
  });
  answersAsTheServer(() => client, path);

  it('was asked by this path alone', () => {
    expect(double.calls).toContain(path);
    for (const other of PATHS) if (other !== path) expect(double.calls).not.toContain(other);
  });
});

describe('faults of the batch path, on the double', () => {
  it.each<[fault: AppendFault, error: object]>([
    [{ kind: 'not-ready' }, { type: 'unknown', message: 'Could not recognize Server Is Not Ready' }],
    [{ kind: 'commit-timeout' }, { type: 'deadline-exceeded', message: '' }],
    [{ kind: 'denied' }, { type: 'access-denied' }],
    [{ kind: 'unavailable', written: true }, { type: 'unavailable' }],
    [{ kind: 'cancelled', written: false }, { type: 'cancelled' }],
    [{ kind: 'not-leader', port: 1 }, { type: 'not-leader' }],
  ])('%j is what the client makes of it', async (fault, error) => {
    const double = await kurrentDouble();
    const client = KurrentDBClient.connectionString(double.url);
    try {
      const [sent, stream] = [events(1), freshStream()];
      // The client goes to where it is told that the leader is.
      double.faults.appends.push(fault.kind === 'not-leader' ? { ...fault, port: double.port } : fault);
      await expect(client.appendToStream(stream, sent, { streamState: 'no_stream' })).rejects.toMatchObject(error);
      double.database.replicate();
      expect(await client.appendToStream(stream, sent, { streamState: 'no_stream' })).toMatchObject({
        success: true,
        nextExpectedRevision: 0n,
      });
      expect(double.database.log).toHaveLength(1);
      expect(double.calls).not.toContain('append');
    } finally {
      await client.dispose();
      await double.stop();
    }
  });
});

if (LIVE_URL === undefined)
  describe('the same, on a live server', () => {
    it.skip('CREDENCE_KURRENTDB_URL names none', () => undefined);
  });
else
  describe.each(PATHS)('a live server, by %s', path => {
    const client = KurrentDBClient.connectionString(LIVE_URL as string);
    afterAll(() => client.dispose());
    answersAsTheServer(() => client, path);
  });
