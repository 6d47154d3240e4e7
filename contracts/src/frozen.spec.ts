import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EVENTS } from './events.js';
import { brokenFreezes, definitionHashes, today } from './frozen.js';
import type { Frozen } from './frozen.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const checkedIn = JSON.parse(readFileSync('contracts/frozen.json', 'utf8')) as Frozen;
const now = today(definitionHashes(sha256));

describe('frozen contracts', () => {
  it('every event in its present version has a hash, and so has the envelope', () => {
    const names = Object.values(EVENTS).map(({ type, version }) => `${type}.v${String(version)}`);
    expect(Object.keys(now.hashes).sort()).toEqual([...names, 'envelope'].sort());
  });

  it('what releases have frozen is kept, and contracts/frozen.json says what stands today', () => {
    expect(brokenFreezes(checkedIn, now)).toEqual([]);
    expect(checkedIn.unreleased).toEqual(now.hashes);
  });

  const releases = { '0.1.0': { 'BridgeClosed.v1': 'aa', envelope: 'ee' } };
  const standing = { hashes: { 'BridgeClosed.v1': 'aa', envelope: 'ee' }, versions: { BridgeClosed: 1 }, upcasts: {} };

  it('a new event, and a new version with an upcast, break nothing', () => {
    const hashes = { ...standing.hashes, 'BridgeOpened.v1': 'bb' };
    expect(brokenFreezes({ releases }, { ...standing, hashes })).toEqual([]);
    const second = {
      hashes: { 'BridgeClosed.v3': 'cc', envelope: 'ee' },
      versions: { BridgeClosed: 3 },
      upcasts: { BridgeClosed: { 1: true, 2: true } },
    };
    expect(brokenFreezes({ releases }, second)).toEqual([]);
  });

  it.each([
    ['a changed definition', { hashes: { 'BridgeClosed.v1': 'ab', envelope: 'ee' } }, /version 2.*upcast from 1/],
    [
      'a new version without an upcast',
      { hashes: { 'BridgeClosed.v2': 'cc', envelope: 'ee' }, versions: { BridgeClosed: 2 } },
      /no step from BridgeClosed v1/,
    ],
    ['a type that is gone', { hashes: { envelope: 'ee' }, versions: {} }, /there is no BridgeClosed any more/],
    ['another envelope', { hashes: { 'BridgeClosed.v1': 'aa', envelope: 'ef' } }, /the envelope was frozen by 0\.1\.0/],
  ])('%s is told, with what to do', (_what, changed, sentence) => {
    expect(brokenFreezes({ releases }, { ...standing, ...changed })).toEqual([expect.stringMatching(sentence)]);
  });
});
