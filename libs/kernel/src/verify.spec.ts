import { beforeEach, describe, expect, it } from '@jest/globals';
import { claimStream, sealer, setClock, sha256 } from './testing/index.js';
import { memoryEventStore } from './memory-event-store.js';
import type { EventStore, StoredEvent } from './event-store.js';
import { verify } from './verify.js';

describe('verify', () => {
  let store: EventStore;
  beforeEach(async () => {
    store = memoryEventStore({ clock: setClock(), sha256 });
    const seal = sealer().one;
    for (let i = 0; i < 9; i++) {
      const stream = claimStream(String(i % 3));
      await store.append(stream, i < 3 ? 'no-stream' : Math.floor(i / 3) - 1, [seal(stream)]);
    }
  });

  /** The store as somebody would leave it who changed event 5. */
  const tampered = (change: (event: StoredEvent) => StoredEvent | undefined): EventStore => ({
    ...store,
    readAll: async function* (after, options) {
      for await (const page of store.readAll(after, options))
        yield page.map(event => (event.seq === 5 ? change(event) : event)).filter(event => event !== undefined);
    },
  });

  it('finds a whole log whole, and names its size and root', async () => {
    const { size, root, damage } = await verify(store, sha256);
    expect({ size, damage }).toEqual({ size: 9, damage: undefined });
    expect(root).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, (event: StoredEvent) => StoredEvent | undefined, RegExp]>([
    ['data', e => ({ ...e, data: { ...(e.data as object), added: 1 } }), /data are not those/],
    ['words', e => ({ ...e, words: { text: 'something else' } }), /words are not those/],
    ['the salt of its data', e => ({ ...e, salts: { ...e.salts, data: new Uint8Array(16) } }), /data are not those/],
    ['actor', e => ({ ...e, actor: 'mallory' }), /another leaf/],
    ['recordedAt', e => ({ ...e, recordedAt: '2001-01-01T00:00:00.000Z' }), /another leaf/],
    ['both data and its hash', e => ({ ...e, data: {}, dataHash: e.wordsHash }), /data are not those/],
    ['place in its stream', e => ({ ...e, revision: 7 }), /goes on with revision 7 instead of 1/],
    ['effectiveAt', e => ({ ...e, effectiveAt: e.effectiveAt + 1 }), /running maximum/],
    ['existence', () => undefined, /seq 6 stands where 5 belongs/],
  ])('names event 5 as the first bad one when its %s was changed', async (_what, change, detail) => {
    const { size, damage } = await verify(tampered(change), sha256);
    expect({ size, seq: damage?.seq }).toEqual({ size: 5, seq: 5 });
    expect(damage?.detail).toMatch(detail);
  });

  it('passes over a redacted part: its hash stands', async () => {
    expect(
      (
        await verify(
          tampered(e => ({ ...e, words: null })),
          sha256,
        )
      ).damage,
    ).toBeUndefined();
  });

  it('says when events are missing at the end', async () => {
    const cut: EventStore = {
      ...store,
      readAll: async function* (after, options) {
        for await (const page of store.readAll(after, options)) yield page.slice(0, 7);
      },
    };
    expect((await verify(cut, sha256)).damage).toEqual({ seq: 7, detail: 'the head says 9 events, and 7 can be read' });
  });
});
