import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { factsOf, type World } from '../../../test/support/belief-world.js';
import { believe, type Core, coreHash, explain, type Query } from './index.js';

interface Example {
  id: string;
  title: string;
  world: World;
  query: Query & { claim: string };
  expect: {
    core: Core;
    coreHash: string;
    cuts: object;
    mentions: number;
    words: { confidence: string; probability?: string };
  };
}

const path = new URL('../../../contracts/vectors/belief-examples.json', import.meta.url);
const { examples } = JSON.parse(readFileSync(path, 'utf8')) as { examples: Example[] };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

describe('the worked examples of the model', () => {
  it.each(examples)('$id: $title', ({ world, query, expect: expected }) => {
    const facts = factsOf(world);
    const belief = believe(facts, query.claim, query);
    expect(belief.core).toEqual(expected.core);
    expect(coreHash(belief.core, sha256)).toBe(expected.coreHash);
    expect(belief.mentions.count).toBe(expected.mentions);
    const { cuts, words } = explain(facts, query.claim, query);
    expect(cuts).toEqual(expected.cuts);
    expect(words).toEqual(expected.words);
  });
});
