import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fsCaptureStore } from './index.js';
import { temporaryName } from './temporary.js';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const abc = new TextEncoder().encode('abc');
const unavailable = expect.objectContaining({ code: 'store-unavailable' });

let folder: string;
const path = (...names: string[]) => join(folder, ...names);
const read = async (chunks: AsyncIterable<Uint8Array> | undefined) => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks ?? []) all.push(chunk);
  return Buffer.concat(all).toString();
};

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'credence-captures-')), 'deep', 'captures');
});
afterEach(() => {
  rmSync(join(folder, '..', '..'), { recursive: true, force: true });
});

describe('the folder of the capture store', () => {
  it('is made, and has a file per capture and nothing else', async () => {
    await fsCaptureStore({ folder }).put([abc]);
    expect(readFileSync(path('ba', ABC), 'utf8')).toBe('abc');
    expect(readdirSync(folder).sort()).toEqual(['ba', 'tmp']);
    expect(readdirSync(path('tmp'))).toEqual([]);
  });

  it('is cleared of what dead writers left, and of nothing that is being written', () => {
    mkdirSync(path('tmp'), { recursive: true });
    const names = {
      dead: `${hostname()}~4194305~x`,
      formerly: `${hostname()}~${String(process.pid)}~x`,
      other: `${hostname()}~1~x`,
      elsewhere: 'elsewhere~4194305~x',
      longGone: 'elsewhere~4194305~y',
      mine: temporaryName(),
    };
    for (const name of Object.values(names)) writeFileSync(path('tmp', name), 'half a');
    utimesSync(path('tmp', names.longGone), 0, 0);
    fsCaptureStore({ folder });
    expect(readdirSync(path('tmp')).sort()).toEqual([names.other, names.elsewhere, names.mine].sort());
  });

  it('writes anew what has lost its bytes', async () => {
    const store = fsCaptureStore({ folder });
    await store.put([abc]);
    writeFileSync(path('ba', ABC), '');
    await store.put([abc]);
    expect(await read(await store.get(ABC))).toBe('abc');
  });

  it('does not pass on bytes that are no longer what their name says', async () => {
    const store = fsCaptureStore({ folder });
    await store.put([abc]);
    writeFileSync(path('ba', ABC), 'abd');
    await expect(read(await store.get(ABC))).rejects.toThrow(unavailable);
  });

  it('leaves nothing where the disk refuses', async () => {
    const store = fsCaptureStore({ folder });
    writeFileSync(path('ba'), 'a file where a folder should be');
    await expect(store.put([abc])).rejects.toThrow(unavailable);
    expect(readdirSync(path('tmp'))).toEqual([]);
    rmSync(path('tmp'), { recursive: true });
    await expect(store.put([abc])).rejects.toThrow(unavailable);
    expect(existsSync(path('tmp'))).toBe(false);
  });

  it('is refused where it cannot be made', () => {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, '');
    expect(() => fsCaptureStore({ folder })).toThrow(unavailable);
  });
});
