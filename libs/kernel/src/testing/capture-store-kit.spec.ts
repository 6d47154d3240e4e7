import { describe, expect, it } from '@jest/globals';
import { concat } from '@credence/integrity';
import type { CaptureStore } from '../capture-store.js';
import { hexOf, runCaptureStoreCase } from './capture-store-kit-case.js';
import type { CaptureStoreSubject } from './capture-store-kit-case.js';
import { CAPTURE_STORE_CASES } from './capture-store-kit.js';
import { turn } from './event-store-kit-case.js';

const BUGS = [
  'visible before complete',
  'trusts a temporary file',
  'one temporary file for all',
  'keeps what a failed giver gave',
  'swallows the failure of the giver',
  'acknowledged before it is kept',
  'lost in a crash',
  'does not copy what it is given',
  'gives away its own bytes',
  'counts chunks',
  'names by the first chunk',
  'takes any case of a name',
  'doubles what comes again',
] as const;
type Bug = (typeof BUGS)[number];

/** What a disk has: files by name, and temporary files. */
interface Disk {
  readonly files: Map<string, Uint8Array>;
  readonly temporary: Map<string, readonly Uint8Array[]>;
}

const emptyDisk = (): Disk => ({ files: new Map(), temporary: new Map() });
let made = 0;

function faultyCaptureStore({ files, temporary }: Disk, bug?: Bug): CaptureStore {
  const has = (one: Bug) => bug === one;
  const found = (name: string) => files.get(has('takes any case of a name') ? name.toLowerCase() : name);
  const shared = has('trusts a temporary file') || has('one temporary file for all');

  const keep = async (name: string, all: Uint8Array) => {
    const before = files.get(name);
    if (before !== undefined && has('doubles what comes again')) files.set(name, concat(before, all));
    if (before !== undefined) return;
    if (has('visible before complete')) {
      files.set(name, all.slice(0, all.length / 2));
      await turn();
    }
    files.set(name, all);
  };

  return {
    put: async bytes => {
      const name = shared ? 'upload' : `upload ${String(made++)}`;
      if (has('one temporary file for all')) temporary.delete(name);
      try {
        for await (const chunk of bytes)
          temporary.set(name, [
            ...(temporary.get(name) ?? []),
            has('does not copy what it is given') ? chunk : chunk.slice(),
          ]);
      } catch (error) {
        const part = concat(...(temporary.get(name) ?? []));
        if (has('keeps what a failed giver gave')) files.set(hexOf(part), part);
        if (!has('swallows the failure of the giver')) throw error;
      } finally {
        if (!shared) await turn();
      }
      const chunks = temporary.get(name) ?? [];
      temporary.delete(name);
      const all = concat(...chunks);
      const sha256 = hexOf(has('names by the first chunk') ? (chunks[0] ?? all) : all);
      const kept = has('acknowledged before it is kept') ? turn().then(() => keep(sha256, all)) : keep(sha256, all);
      if (!has('acknowledged before it is kept')) await kept;
      return { sha256, size: has('counts chunks') ? chunks.length : all.length };
    },
    get: async name => {
      const kept = found(name);
      return (
        kept &&
        (async function* () {
          yield has('gives away its own bytes') ? kept : kept.slice();
        })()
      );
    },
    has: async name => found(name) !== undefined,
  };
}

function subjectWith(bug?: Bug): CaptureStoreSubject {
  const disks = new Map<CaptureStore, Disk>();
  const on = (disk: Disk): CaptureStore => {
    const store = faultyCaptureStore(disk, bug);
    disks.set(store, disk);
    return store;
  };
  return {
    open: () => on(emptyDisk()),
    afterCrash: store => {
      const { files, temporary } = disks.get(store) ?? emptyDisk();
      if (bug === 'lost in a crash') return on(emptyDisk());
      return on({ files: new Map(files), temporary: new Map(temporary) });
    },
  };
}

/** The case that is there for a bug. */
const CAUGHT_BY: Readonly<Record<Bug, RegExp>> = {
  'visible before complete': /shows all of a capture or nothing/,
  'trusts a temporary file': /also many at once/,
  'one temporary file for all': /also many at once/,
  'keeps what a failed giver gave': /keeps nothing of bytes whose giver fails/,
  'swallows the failure of the giver': /throws on what he threw/,
  'acknowledged before it is kept': /there as soon as the promise resolves/,
  'lost in a crash': /there as soon as the promise resolves/,
  'does not copy what it is given': /copies what it is given/,
  'gives away its own bytes': /gives bytes that a reader may change/,
  'counts chunks': /by their SHA-256 in hex and counts them/,
  'names by the first chunk': /in whatever chunks they come/,
  'takes any case of a name': /no SHA-256 in lower-case hex/,
  'doubles what comes again': /takes the same bytes again and changes nothing/,
};

/** What the case that is there for a bug says of a store that has it; others may notice it too. */
const complaintOf = (name: RegExp, bug?: Bug) => {
  const kitCase = CAPTURE_STORE_CASES.find(one => name.test(one.name));
  if (kitCase === undefined) throw new Error(`the kit has no case ${String(name)}`);
  return runCaptureStoreCase(kitCase, subjectWith(bug)).then(
    () => undefined,
    (error: unknown) => String(error),
  );
};

describe('the capture store kit', () => {
  it('finds nothing wrong with a store that keeps its promises', async () => {
    for (const kitCase of CAPTURE_STORE_CASES) await runCaptureStoreCase(kitCase, subjectWith());
  });

  it.each(BUGS)('catches a store with this bug: %s', async bug => {
    expect(await complaintOf(CAUGHT_BY[bug], bug)).toMatch(/^AssertionError/);
  });
});
