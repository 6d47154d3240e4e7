import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credence, mustBeBuilt, start, temporaryFolder } from '../support/built.js';

const PAGE = readFileSync(resolve('docs', 'how-to', 'operate.md'), 'utf8');
const COMMANDS = [...PAGE.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'));

const folder = temporaryFolder();
const cwd = folder.path;
const run = (...argv: string[]) => credence(argv, { cwd, env: { CREDENCE_ACTOR: 'anna' } });

beforeAll(async () => {
  mustBeBuilt();
  const example = resolve('examples', 'back-channel', 'back-channel.dossier.yaml');
  expect(await run('import', 'dossier', example)).toMatchObject({ code: 0 });
});
afterAll(folder.remove);

describe('docs/how-to/operate.md', () => {
  it('has commands', () => expect(COMMANDS.length).toBeGreaterThan(6));

  it.each(COMMANDS)('%s', async command => {
    const [program, ...argv] = command.split(' ');
    expect(program).toBe('credence');
    expect(await run(...argv)).toMatchObject({ code: 0, err: '' });
  });

  it('restores the same ledger', async () => {
    const [one, other] = await Promise.all(
      ['./credence-data', './restored'].map(at => run('summary', '--json', '--ledger', `sqlite:${at}`)),
    );
    expect(one?.code).toBe(0);
    expect(one?.out).toBe(other?.out);
  });
});

describe('a folder that a server holds', () => {
  it('is examined, verified and rebuilt through it, and backed up beside it', async () => {
    const server = start([...[resolve('scripts', 'credence.mjs')], 'serve', '--port', '0'], { cwd });
    try {
      await server.saw(/Credence serves \S+ at (http:\S+)/);
      const doctor = await run('doctor', '--deep', '--json');
      expect({ code: doctor.code, ...(JSON.parse(doctor.out) as object) }).toMatchObject({ code: 0, ok: true });
      expect(doctor.out).toContain('held by process');
      expect(await run('rebuild', 'claims')).toMatchObject({ code: 0, out: expect.stringContaining('as before') });
      expect(await run('verify')).toMatchObject({ code: 0, out: expect.stringContaining('root ') });
      expect(await run('backup', join(cwd, 'while-served'))).toMatchObject({ code: 0 });
      expect(await run('set-aside', '0', '--reason', 'a try', '--authority', 'nobody')).toMatchObject({
        code: 1,
        err: expect.stringContaining('not-stopped'),
      });
    } finally {
      server.child.kill('SIGTERM');
      await server.ended;
    }
  });
});

describe('the server in its bundle', () => {
  it('serves the very interface that is checked in, and the pages to browse it', async () => {
    const server = start([resolve('scripts', 'credence.mjs'), 'serve', '--port', '0', '--ledger', 'memory:'], { cwd });
    try {
      const [, url = ''] = await server.saw(/Credence serves \S+ at (http:\S+)/);
      const generated: unknown = JSON.parse(readFileSync(resolve('contracts', 'generated', 'openapi.json'), 'utf8'));
      expect(await (await fetch(`${url}/openapi.json`)).json()).toEqual(generated);
      for (const path of ['docs', 'docs/start.js', 'docs/swagger-ui.css', 'docs/swagger-ui-bundle.js', 'metrics'])
        expect({ path, status: (await fetch(`${url}/${path}`)).status }).toEqual({ path, status: 200 });
    } finally {
      server.child.kill('SIGTERM');
      await server.ended;
    }
  });
});

describe('refusals', () => {
  it.each([
    [['rebuild', 'nothing'], 1, /no|wanted/],
    [['backup', './backup'], 1, /already-exists/],
    [['backup', './other', '--ledger', 'http://127.0.0.1:9'], 1, /invalid-parameter|no folder/],
    [['restore', './nowhere', '--ledger', 'sqlite:./x'], 1, /not-found/],
    [['verify', '--ledger', 'sqlite:./nowhere'], 3, /no ledger/],
    [['set-aside', 'x', '--reason', 'r', '--authority', 'a'], 2, /"x" is no number of an event/],
  ])('%j', async (argv, code, message) => {
    const ended = await run(...argv);
    expect(ended).toMatchObject({ code, out: '', err: expect.stringMatching(message) });
  });
});
