import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BUILT, credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import type { Process } from '../support/built.js';

const EXAMPLE = resolve('examples', 'back-channel', 'back-channel.dossier.yaml');
const SERVES = /Credence serves \S+ at (http:\S+)/;

const parsed = <T = Record<string, unknown>>(text: string) => JSON.parse(text) as T;

const folder = temporaryFolder();
beforeAll(mustBeBuilt);
afterAll(folder.remove);

describe('a ledger in a folder', () => {
  const cwd = join(folder.path);
  const run = (...argv: string[]) => credence(argv, { cwd, env: { CREDENCE_ACTOR: 'anna' } });

  it('is not there before something is recorded: a read ends with 3', async () => {
    const { code, out, err } = await run('list');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/there is no ledger in .*credence-data/);
    expect(existsSync(join(cwd, 'credence-data'))).toBe(false);
  });

  it('is made by the first record, and remembers it', async () => {
    const recorded = await run('record', 'It rained.', '--json');
    expect(recorded.code).toBe(0);
    const { id, seq } = parsed<{ id: string; seq: number }>(recorded.out);
    const shown = await run('show', id.slice(0, 8), '--json');
    expect(parsed(shown.out)).toMatchObject({ id, text: 'It rained.', pins: { asOf: { seq } } });
  });

  it('shows the text of before as of before a correction', async () => {
    const { id, seq } = parsed<{ id: string; seq: number }>((await run('record', 'Five pages.', '--json')).out);
    const corrected = await run('correct', id, '--text', 'Two pages.', '--reason', 'counted again');
    expect(corrected).toMatchObject({ code: 0, err: '' });
    expect((await run('show', id)).out).toMatch(/^Two pages\./);
    expect((await run('show', id, '--as-of', `@${String(seq)}`)).out).toMatch(/^Five pages\./);
    expect((await run('history', id)).out).toMatch(/text: Five pages\. → Two pages\./);
  });

  it('takes a dossier, says what is wrong in it by file and line, and loads the rest', async () => {
    writeFileSync(
      join(cwd, 'case.yaml'),
      [
        'dossier: 1',
        'id: case',
        'sources:',
        '  - { key: anna, kind: person, name: Anna }',
        '  - { key: ben, kind: robot, name: Ben }',
        'claims:',
        '  - { key: rain, text: It rained. }',
        '',
      ].join('\n'),
    );
    const { code, out } = await run('import', 'dossier', 'case.yaml');
    expect(code).toBe(1);
    expect(out).toMatch(/2 new, 0 unchanged, 0 corrected/);
    expect(out).toMatch(/case\.yaml:5 \/sources\/1\/kind/);
    expect((await run('show', 'case:rain')).code).toBe(0);
  });

  it('serves several verbs that come at once: each waits for its turn', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, (_, i) => run('record', `Claim ${String(i)}.`)));
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  });

  it('demonstrates itself in a ledger that is thrown away', async () => {
    const before = readdirSync(cwd);
    const { code, out, err } = await run('demo');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/Several mentions, one origin/);
    expect(readdirSync(cwd)).toEqual(before);
  });

  it('throws that ledger away too where nobody reads on, and on Ctrl-C', async () => {
    const env = { TMPDIR: mkdtempSync(join(folder.path, 'tmp-')) };
    const piped = start(['-c', `"${process.execPath}" "${BUILT}" demo | head -1`], { command: 'sh', env });
    expect((await piped.ended).code).toBe(0);
    const demo = start([BUILT, 'demo'], { env });
    await demo.saw(/Who can say something/);
    demo.child.kill('SIGINT');
    expect((await demo.ended).code).toBe(130);
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });
});

describe('exit codes', () => {
  const run = (...argv: string[]) => credence(argv, { cwd: folder.path });

  it.each([
    [['lst'], 2],
    [['list', '--nope'], 2],
    [['show'], 2],
    [['list', '--ledger', 'ftp://example'], 2],
    [['list', '--ledger', 'http://127.0.0.1:9'], 3],
    [['record', 'x', '--ledger', 'http://127.0.0.1:9'], 3],
    [['show', 'nobody', '--ledger', 'memory:'], 1],
    [['record', 'x', '--form', 'rumour', '--ledger', 'memory:'], 1],
    [['--help'], 0],
  ])('credence %j ends with %i', async (argv, code) => {
    const ended = await run(...argv);
    expect(ended.code).toBe(code);
    expect(ended.err).not.toMatch(/\n\s+at /);
  });

  (existsSync('/dev/full') ? it : it.skip)('says so where its answer goes to a disk that is full', async () => {
    const ended = await start(['-c', `"${process.execPath}" "${BUILT}" --help > /dev/full`], { command: 'sh' }).ended;
    expect(ended).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/^credence: the answer cannot be written: ENOSPC.*\n$/),
    });
  });

  it('keeps standard output for the one document under --json', async () => {
    const { code, out, err } = await run('show', 'nobody', '--json', '--ledger', 'memory:');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(parsed(out)).toMatchObject({ code: 'not-found', status: 404 });
  });
});

describe('a server', () => {
  let server: Process;
  let url: string;
  const store = `sqlite:${join(folder.path, 'served')}`;
  const byUrl = (...argv: string[]) => credence(argv, { env: { CREDENCE_LEDGER: url, CREDENCE_ACTOR: 'anna' } });
  const byFolder = (...argv: string[]) => credence(argv, { env: { CREDENCE_LEDGER: store, CREDENCE_ACTOR: 'ben' } });
  const route = async (path: string) => (await fetch(`${url}/v1${path}`)).text();

  beforeAll(async () => {
    server = start([BUILT, 'serve', '--ledger', store, '--port', '0']);
    url = (await server.saw(SERVES))[1] as string;
  });
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await server.ended;
  });

  it('puts nothing into its ledger by itself', async () =>
    expect(parsed(await route('/summary'))).toMatchObject({ claims: 0, sources: 0, events: 1 }));

  it('takes a dossier with its files from another process', async () => {
    const { code, out } = await byUrl('import', 'dossier', EXAMPLE, '--json');
    expect(code).toBe(0);
    expect(parsed(out)).toMatchObject({ dossier: 'back-channel', rejected: [], warnings: [] });
    const again = await byFolder('import', 'dossier', EXAMPLE, '--json');
    expect(parsed(again.out)).toMatchObject({ new: 0, corrected: 0, rejected: [] });
    expect(parsed(await route('/summary'))).toMatchObject({ captures: 11 });
  });

  it.each([
    [['list'], '/claims'],
    [['list', '--limit', '2'], '/claims?limit=2'],
    [['list', '--status', 'disputed'], '/claims?status=disputed'],
    [['summary'], '/summary'],
    [['show', 'gave-tillerson'], '/claims/gave-tillerson'],
    [
      ['show', 'gave-tillerson', '--as-of', '@100', '--holds-at', '2017-06-01'],
      '/claims/gave-tillerson?asOf=@100&holdsAt=2017-06-01',
    ],
    [['chain', 'gave-tillerson'], '/claims/gave-tillerson/chain'],
    [['chain', 'gave-tillerson', '--public-by', '2019-04-19'], '/claims/gave-tillerson/chain?publicBy=2019-04-19'],
    [['history', 'five-pages'], '/claims/five-pages/history'],
    [['history', 'sources/gazette'], '/sources/gazette/history'],
    [['timeline', 'gave-tillerson'], '/claims/gave-tillerson/timeline'],
    [
      ['timeline', 'gave-tillerson', '--axis', 'public', '--certainty', 'possible', '--limit', '1'],
      '/claims/gave-tillerson/timeline?axis=public&certainty=possible&limit=1',
    ],
    [['diff', 'five-pages', '--from', '@100'], '/claims/five-pages/diff?from=@100'],
    [['blame', 'five-pages', 'text'], '/claims/five-pages/blame?field=text'],
    [['changes', '--from', '@100', '--limit', '3'], '/changes?from=@100&limit=3'],
    [['source', 'list'], '/sources'],
    [['show', 'sources/kushner'], '/sources/kushner'],
    [['impact', 'kushner', '--what-if', 'retracted'], '/sources/kushner/impact?whatIf=retracted'],
  ])('credence %j --json is the body of GET %s', async (argv, path) => {
    const { code, out, err } = await byUrl(...argv, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${await route(path)}\n`);
  });

  it('is found through the folder that it holds', async () => {
    const { code, out, err } = await byFolder('show', 'gave-tillerson', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${await route('/claims/gave-tillerson')}\n`);
  });

  it('takes writes by either way, and knows who made them', async () => {
    const one = parsed<{ id: string; seq: number }>((await byUrl('record', 'By URL.', '--json')).out);
    const two = parsed<{ seq: number }>(
      (await byFolder('correct', one.id, '--text', 'By folder.', '--reason', 'x', '--json')).out,
    );
    expect(parsed(await route(`/events/${String(one.seq)}`))).toMatchObject({ type: 'ClaimRecorded', actor: 'anna' });
    expect(parsed(await route(`/events/${String(two.seq)}`))).toMatchObject({ type: 'ClaimCorrected', actor: 'ben' });
  });

  it('finds out what an assertion is on, and lifts what was retracted', async () => {
    const retracted = await byUrl('retract', 'five-pages.gazette', '--by', 'ledger', '--reason', 'x', '--json');
    const { id } = parsed<{ id: string }>(retracted.out);
    const lifted = await byFolder(
      'reinstate',
      'assertions/five-pages.gazette',
      '--retraction',
      id,
      '--reason',
      'y',
      '--json',
    );
    expect(parsed(lifted.out)).toMatchObject({ events: [{ type: 'AssertionReinstated' }] });
  });

  it('refuses as the ledger does: the same problem, the same exit code', async () => {
    const there = await byUrl('retract', 'gave-tillerson', '--by', 'ledger', '--json');
    expect(there.code).toBe(1);
    expect(parsed(there.out)).toMatchObject({
      code: 'invalid-body',
      errors: [{ pointer: '/reason', code: 'required' }],
    });
    expect((await byUrl('show', 'nobody')).err).toMatch(/no claim is called "nobody" \(not-found\)/);
  });

  it('gives each chain a place at every hop, the longest from the repost to the witness', async () => {
    const { out } = await byUrl('chain', 'gave-tillerson');
    const longest = out.slice(out.lastIndexOf('5 hops'));
    for (const place of [
      'third paragraph',
      '20 April 2019, p. 3',
      'Vol. I p. 158, fn 1116',
      'at 32',
      'as recorded at 32',
    ])
      expect(longest).toContain(place);
    expect(longest).toContain('Jared Kushner');
  });

  it('says so where its port is taken', async () => {
    const { port } = new URL(url);
    const { code, err } = await credence(['serve', '--ledger', `sqlite:${join(folder.path, 'other')}`, '--port', port]);
    expect(code).toBe(3);
    expect(err).toMatch(`port ${port} is taken`);
  });

  it('keeps its folder to itself', async () => {
    const { code, err } = await credence(['serve', '--ledger', store, '--port', '0']);
    expect(code).toBe(3);
    expect(err).toMatch(/is held by process \d+, which serves it at http/);
  });

  it('refuses addresses beyond this machine', async () => {
    const { code, err } = await credence(['serve', '--ledger', 'memory:', '--host', '0.0.0.0', '--port', '0']);
    expect(code).toBe(1);
    expect(err).toMatch(/allow-unauthenticated/);
  });

  it('logs what it is told to, in JSON lines on standard error', async () => {
    const at = ['serve', '--ledger', 'memory:', '--port', '0'];
    expect(await credence([...at, '--log', 'loud'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('found "loud", wanted one of silent, error, warn, info, debug') as unknown,
    });
    const [quiet, telling] = [start([BUILT, ...at]), start([BUILT, ...at], { env: { CREDENCE_LOG: 'info' } })];
    for (const node of [quiet, telling]) {
      const [, its = ''] = await node.saw(SERVES);
      const headers = { 'x-request-id': 'find-me' };
      expect((await fetch(`${its}/v1/claims?topic=secret`, { headers })).status).toBe(200);
      node.child.kill('SIGTERM');
    }
    expect(await quiet.ended).toMatchObject({ code: 0, err: '' });
    const lines = (await telling.ended).err
      .trim()
      .split('\n')
      .map(line => parsed<object>(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'info', correlationId: 'find-me', route: '/v1/claims', status: 200 }),
    );
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, and what it took is there', async signal => {
    if (signal === 'SIGINT') {
      server = start([BUILT, 'serve', '--ledger', store, '--port', '0']);
      url = (await server.saw(SERVES))[1] as string;
    }
    const before = parsed<{ events: number }>(await route('/summary'));
    server.child.kill(signal);
    expect((await server.ended).code).toBe(0);
    expect(parsed((await byFolder('summary', '--json')).out)).toMatchObject({ events: before.events });
  });
});

describe('npm start', () => {
  it('loads the example into a ledger of its own, serves it, and what it prints works', async () => {
    const port = await freePort();
    const home = join(folder.path, 'start');
    const server = start([BUILT, 'serve', '--ledger', `sqlite:${home}`, '--example'], {
      env: { CREDENCE_PORT: String(port) },
    });
    const [, exported = ''] = await server.saw(/export CREDENCE_LEDGER=(\S+)/);
    expect(exported).toBe(`http://127.0.0.1:${String(port)}`);
    await server.saw(/Ctrl-C/);
    const [lines] = await server.saw(/npx credence [\s\S]*(?=\n\n)/);
    for (const line of lines.match(/npx credence .*/g) ?? []) {
      const argv = line.replace('npx credence ', '').match(/"[^"]*"|\S+/g) ?? [];
      const { code, err } = await credence(
        argv.map(word => word.replaceAll('"', '')),
        { env: { CREDENCE_LEDGER: exported } },
      );
      expect({ line, code, err }).toEqual({ line, code: 0, err: '' });
    }
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });
});

it('a server ends with whoever started it', async () => {
  const handOver = pathToFileURL(resolve('scripts', 'hand-over.mjs')).href;
  const served = [BUILT, 'serve', '--ledger', 'memory:', '--port', '0'];
  const program = `import { handOver } from '${handOver}'; handOver(process.execPath, ${JSON.stringify(served)});`;
  // As npm does it: a shell between, which is ended and passes nothing on. All hold its output, so that closes last.
  const started = start(['-c', `"$0" --input-type=module -e "$1"; true`, process.execPath, program], { command: 'sh' });
  await started.saw(SERVES);
  started.child.kill('SIGKILL');
  await started.ended;
});

function freePort(): Promise<number> {
  const { promise, resolve: found } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    server.close(() => {
      found(port);
    });
  });
  return promise;
}
