import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credence, mustBeBuilt, temporaryFolder } from '../support/built.js';

const PAGE = readFileSync(resolve('docs', 'how-to', 'cite.md'), 'utf8');
const COMMANDS = [...PAGE.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n'));

const folder = temporaryFolder();
const run = (...argv: string[]) => credence(argv, { cwd: folder.path, env: { CREDENCE_ACTOR: 'anna' } });

beforeAll(async () => {
  mustBeBuilt();
  const example = resolve('examples', 'back-channel', 'back-channel.dossier.yaml');
  expect(await run('import', 'dossier', example)).toMatchObject({ code: 0 });
});
afterAll(folder.remove);

describe('docs/how-to/cite.md', () => {
  it('has commands', () => expect(COMMANDS.length).toBeGreaterThan(4));

  it.each(COMMANDS)('%s', async command => {
    const [program, ...argv] = (command.split(' > ')[0] as string).split(' ');
    expect(program).toBe('credence');
    expect(await run(...argv)).toMatchObject({ code: 0, err: '' });
  });
});
