import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Envelope } from '@credence/contracts';
import { canonicalize, EMPTY_FRONTIER, leafHash, utf8 } from '@credence/integrity';
import { EMPTY_TIP, entryText, extend } from './log.js';
import { sha256 } from './testing/build.js';

const text = fc.oneof(
  { weight: 20, arbitrary: fc.stringMatching(/^[a-z0-9.-]*$/) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary-ascii' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);
const envelope: fc.Arbitrary<Envelope> = fc.record({
  wordsHash: text,
  id: text,
  stream: text,
  revision: fc.nat(),
  seq: fc.maxSafeNat(),
  type: text,
  schemaVersion: fc.nat(),
  recordedAt: text,
  actor: text,
  commandId: text,
  commandHash: text,
  correlationId: text,
  ledger: text,
  dataHash: text,
});

describe('the entry of an event in the log', () => {
  it('is the canonical form of its envelope, whatever stands in it', () => {
    fc.assert(fc.property(envelope, one => entryText(one) === canonicalize(one)));
  });

  it('is hashed as RFC 6962 says, and its size is that of its UTF-8 form', () => {
    fc.assert(
      fc.property(envelope, one => {
        const { nodes, envelopeBytes, tip } = extend(EMPTY_TIP, one, 7, sha256);
        const entry = utf8(canonicalize(one));
        return (
          Buffer.from(nodes).equals(leafHash(entry, sha256)) &&
          envelopeBytes === entry.length &&
          tip.size === 1 &&
          tip.effectiveAt === 7
        );
      }),
    );
  });

  it('is refused over 65,535 bytes, counted in UTF-8 and not in characters', () => {
    const [sample] = fc.sample(envelope, { numRuns: 1, seed: 1 }) as [Envelope];
    const room = 65_535 - utf8(canonicalize({ ...sample, actor: '' })).length;
    expect(extend(EMPTY_TIP, { ...sample, actor: 'a'.repeat(room) }, 0, sha256).envelopeBytes).toBe(65_535);
    for (const actor of ['a'.repeat(room + 1), 'ä'.repeat(room / 2 + 1), '😀'.repeat(60_000)])
      expect(() => extend(EMPTY_TIP, { ...sample, actor }, 0, sha256)).toThrow(/at most 65535/);
    expect(EMPTY_TIP.frontier).toBe(EMPTY_FRONTIER);
  });
});
