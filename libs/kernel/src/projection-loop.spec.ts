import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LedgerError } from '@credence/contracts';
import type { EventStore, StoredEvent } from './event-store.js';
import { fingerprint } from './fingerprint.js';
import { memoryEventStore } from './memory-event-store.js';
import { memoryViewStore } from './memory-view-store.js';
import { applyPage, projection } from './projection.js';
import type { ProjectionOptions, View } from './projection.js';
import { project } from './projection-loop.js';
import { all, claimStream, sealer, setClock, sha256 } from './testing/index.js';
import { naiveViewStore } from './testing/naive-view-store.js';
import type { Disk } from './testing/naive-view-store.js';
import type { ViewState } from './view-store.js';

/** Counts events by type, and keeps the order in which they came: neither is the same if one comes twice. */
function tally(name = 'tally', cannot: (seq: number) => boolean = () => false): View {
  return {
    name,
    version: 1,
    tables: { counts: { key: ['text'] }, order: { key: ['integer'] } },
    apply: (event, tables) => {
      const counts = tables<number>('counts');
      const total = counts.get(['total']) ?? 0;
      counts.put(['total'], total + 1);
      tables('order').put([total], event.seq);
      if (cannot(event.seq)) throw new Error(`cannot apply ${String(event.seq)}`);
    },
  };
}

const seqsIn = (state: ViewState) => [...state.tables<number>('order').range()].map(({ value }) => value);
const upTo = (seq: number) => Array.from({ length: seq + 1 }, (_, i) => i);

async function ledger(count: number) {
  const store = memoryEventStore({ clock: setClock(), sha256 });
  const { one, some } = sealer();
  const stream = claimStream('tallied');
  let revision = -1;
  const append = async (more: number) => {
    if (more === 0) return;
    await store.append(stream, revision === -1 ? 'no-stream' : revision, some(stream, more));
    revision += more;
  };
  /** An event of a type that this release does not know. */
  const appendForeign = async () => {
    await store.append(stream, revision++, [{ ...one(stream), type: 'ClaimDreamt' }]);
  };
  let mains = -1;
  const setAside = async (event: number) => {
    const draft = { type: 'EventSetAside', data: { event }, words: { reason: 'unreadable', authority: 'the editor' } };
    await store.append('ledger-main', mains === -1 ? 'no-stream' : mains, [one('ledger-main', draft)]);
    mains++;
  };
  await append(count);
  return { store, append, appendForeign, setAside };
}

const opened = (view: View) => ({ view, state: memoryViewStore({ frozen: true }).open(view) });

/** Projections that are stopped when the test ends. */
async function following<T>(
  store: EventStore,
  views: readonly ReturnType<typeof opened>[],
  test: (projections: ReturnType<typeof project>) => Promise<T>,
  options: ProjectionOptions = {},
): Promise<T> {
  const projections = project(store, views, options);
  try {
    return await test(projections);
  } finally {
    await projections.stop();
  }
}

describe('promise 4: replay is the truth', () => {
  it('comes to the same tables in pages of any size, delivered again from anywhere', async () => {
    const { store } = await ledger(40);
    const events = await all(store.readAll(null));
    const view = tally();
    const live = opened(view);
    applyPage(projection(view, live.state), events);
    const wanted = fingerprint(view, live.state, sha256);
    const pages = fc.array(fc.record({ size: fc.integer({ min: 1, max: 15 }), again: fc.nat(20) }), { minLength: 1 });
    fc.assert(
      fc.property(pages, sizes => {
        const { state } = opened(view);
        const one = projection(view, state);
        let done = 0;
        for (let i = 0; done < events.length; i++) {
          const { size, again } = sizes[i % sizes.length] ?? { size: 1, again: 0 };
          applyPage(one, events.slice(Math.max(0, done - again), done + size));
          done = Math.min(events.length, done + size);
        }
        return one.stopped === undefined && fingerprint(view, state, sha256) === wanted;
      }),
    );
  });

  it('goes on after a restart where each view stands, with no event twice', async () => {
    const { store, append } = await ledger(6);
    const [ahead, behind] = [opened(tally('ahead')), opened(tally('behind'))];
    const events = await all(store.readAll(null));
    applyPage(projection(ahead.view, ahead.state), events.slice(0, 5));
    applyPage(projection(behind.view, behind.state), events.slice(0, 2));
    await append(3);
    await following(store, [ahead, behind], projections => projections.caughtUp(8));
    for (const { state } of [ahead, behind]) expect(seqsIn(state)).toEqual(upTo(8));
  });

  it('never has effects without their checkpoint, nor a checkpoint without its effects', async () => {
    const { store } = await ledger(30);
    const disk: Disk = { text: '[]' };
    const found = () => {
      const state = naiveViewStore({ ...disk }).open(tally());
      return { checkpoint: state.checkpoint()?.seq ?? -1, applied: seqsIn(state).length - 1 };
    };
    const consistent: boolean[] = [];
    const look = () => consistent.push(found().checkpoint === found().applied);
    const view = tally('tally', () => look() < 0);
    const one = projection(view, naiveViewStore(disk).open(view));
    for await (const page of store.readAll(null, { pageSize: 7 })) {
      applyPage(one, page);
      look();
    }
    expect(consistent).toEqual(consistent.map(() => true));
    expect(found()).toEqual({ checkpoint: 29, applied: 29 });
  });
});

describe('promise 5: no silent skip', () => {
  it('stops a view before the event that it cannot apply, with all before it kept, and says so', async () => {
    const { store } = await ledger(10);
    for (const pageSize of [1, 4, 7, 10]) {
      const { view, state } = opened(tally('tally', seq => seq === 6));
      const one = projection(view, state);
      for await (const page of store.readAll(null, { pageSize })) applyPage(one, page);
      expect(one.stopped).toEqual({ seq: 6, type: 'ClaimRecorded', error: 'cannot apply 6' });
      expect(seqsIn(state)).toEqual(upTo(5));
      expect(state.checkpoint()?.seq).toBe(5);
    }
  });

  it('stops at the very first event with nothing applied', async () => {
    const { store } = await ledger(3);
    const { view, state } = opened(tally('tally', () => true));
    const one = projection(view, state);
    applyPage(one, await all(store.readAll(null)));
    expect(one.stopped?.seq).toBe(0);
    expect(state.checkpoint()).toBeNull();
    expect(seqsIn(state)).toEqual([]);
  });

  it('stops at an event of a type that this release does not know', async () => {
    const { store, append, appendForeign } = await ledger(2);
    await appendForeign();
    await append(1);
    const one = opened(tally());
    await following(store, [one], async ({ all: [found], caughtUp }) => {
      await caughtUp(3);
      expect(found?.stopped).toMatchObject({ seq: 2, type: 'ClaimDreamt' });
    });
    expect(seqsIn(one.state)).toEqual([0, 1]);
  });

  it('lets the other views go on', async () => {
    const { store, append } = await ledger(4);
    const [sound, broken] = [opened(tally('sound')), opened(tally('broken', seq => seq === 2))];
    await following(store, [sound, broken], async projections => {
      await append(4);
      await projections.caughtUp(7);
      expect(projections.all.map(({ stopped }) => stopped?.seq)).toEqual([undefined, 2]);
    });
    expect(seqsIn(sound.state)).toEqual(upTo(7));
    expect(seqsIn(broken.state)).toEqual([0, 1]);
  });

  it('passes an event once it is set aside, in every view: one that holds its effects is begun anew', async () => {
    const { store, append, setAside } = await ledger(8);
    const [sound, broken] = [opened(tally('sound')), opened(tally('broken', seq => seq === 2 || seq === 5))];
    await following(store, [sound, broken], async projections => {
      const stoppedAt = () => projections.all[1]?.stopped?.seq;
      await projections.caughtUp(7);
      expect(stoppedAt()).toBe(2);
      await projections.resume();
      expect(stoppedAt()).toBe(2);
      await setAside(2);
      await append(3);
      await projections.caughtUp(11);
      await projections.resume();
      expect(stoppedAt()).toBe(5);
      expect(seqsIn(broken.state)).toEqual([0, 1, 3, 4]);
      await setAside(5);
      await projections.caughtUp(12);
      await projections.resume();
      expect(projections.all.map(({ stopped }) => stopped)).toEqual([undefined, undefined]);
      await append(1);
      await projections.caughtUp(13);
    });
    const passed = upTo(13).filter(seq => seq !== 2 && seq !== 5);
    for (const { view, state } of [sound, broken]) {
      expect(seqsIn(state)).toEqual(passed);
      const rebuilt = opened(view);
      await following(store, [rebuilt], ({ caughtUp }) => caughtUp(13), { setAside: new Set([2, 5]) });
      expect(fingerprint(view, rebuilt.state, sha256)).toBe(fingerprint(view, state, sha256));
    }
  });

  it('begins a view anew that was closed with the effects of an event which was set aside meanwhile', async () => {
    const { store, append, setAside } = await ledger(4);
    const one = opened(tally());
    await following(store, [one], ({ caughtUp }) => caughtUp(3));
    await setAside(1);
    await append(1);
    await following(store, [one], ({ caughtUp }) => caughtUp(5), { setAside: new Set([1]) });
    expect(seqsIn(one.state)).toEqual([0, 2, 3, 4, 5]);
  });

  it('starts the only view again without a gap, though the feed has passed the event long ago', async () => {
    const { store, append } = await ledger(4);
    let mended = false;
    const one = opened(tally('tally', seq => seq === 2 && !mended));
    let passed: (seq: number) => void = () => undefined;
    const feedAt = (seq: number) => new Promise<void>(resolve => (passed = at => void (at === seq && resolve())));
    await following(
      store,
      [one],
      async projections => {
        const there = feedAt(9);
        await append(6);
        await there;
        mended = true;
        await projections.resume();
        await projections.caughtUp(9);
        await append(1);
        await projections.caughtUp(10);
      },
      {
        onProgress: seq => {
          passed(seq);
        },
      },
    );
    expect(seqsIn(one.state)).toEqual(upTo(10));
  });

  it('refuses a feed that leaves out an event', async () => {
    const { store, append } = await ledger(5);
    const skipping: EventStore = {
      ...store,
      follow: async function* (after, options) {
        for await (const page of store.follow(after, options)) yield page.filter(event => event.seq !== 3);
      },
    };
    const one = opened(tally());
    await following(skipping, [one], async projections => {
      await append(1);
      await expect(projections.caughtUp(4)).rejects.toThrow('not without gaps');
    });
    expect(seqsIn(one.state).includes(4)).toBe(false);
  });

  it('does not take a disk that refuses for an event that does not apply', async () => {
    const { store } = await ledger(3);
    const { view, state } = opened(tally());
    const full = () => {
      throw new LedgerError('store-unavailable', 'database or disk is full');
    };
    const refusing = { ...opened(view), state: { ...state, checkpoint: () => null, write: full } };
    const one = projection(view, refusing.state);
    await expect(
      all(store.readAll(null)).then(page => {
        applyPage(one, page);
      }),
    ).rejects.toThrow('disk is full');
    expect(one.stopped).toBeUndefined();
    await following(store, [refusing], ({ caughtUp }) => expect(caughtUp(2)).rejects.toThrow('disk is full'));
  });

  it('stops a view that cannot settle, and no other', async () => {
    const { store } = await ledger(3);
    let calls = 0;
    const settle = () => {
      if (calls++ > 0) throw new Error('cannot settle');
      return true;
    };
    const [sound, broken] = [opened(tally('sound')), { ...opened(tally('broken')) }];
    const settling = { ...broken, view: { ...broken.view, settle } };
    await following(store, [sound, settling], async projections => {
      await projections.caughtUp(2);
      await projections.settled();
      expect(projections.all.map(({ stopped }) => stopped?.error)).toEqual([undefined, 'cannot settle']);
    });
    const first = projection(settling.view, opened(tally()).state);
    applyPage(first, await all(store.readAll(null)));
    expect(first.stopped).toMatchObject({ seq: 0, error: 'cannot settle' });
  });
});

describe('promise 10: read your writes', () => {
  it('has the effects of an event once it is caught up with it, whenever it came', async () => {
    const { store, append } = await ledger(0);
    const one = opened(tally());
    await following(store, [one], async projections => {
      for (let seq = 0; seq < 10; seq++) {
        const reading = projections.caughtUp(seq).then(() => seqsIn(one.state));
        await append(1);
        expect((await reading).includes(seq)).toBe(true);
      }
      await projections.caughtUp(3);
    });
  });

  it('is view-behind, and says where, when an event does not come in time', async () => {
    const { store } = await ledger(2);
    await following(store, [opened(tally())], async projections => {
      await projections.caughtUp(1);
      await expect(projections.caughtUp(2, 10)).rejects.toMatchObject({
        code: 'view-behind',
        message: 'views are at event 1, and 2 was asked for',
      });
    });
  });

  it('does not wait for a view that has stopped', async () => {
    const { store } = await ledger(5);
    const [sound, broken] = [opened(tally('sound')), opened(tally('broken', seq => seq === 1))];
    await following(store, [sound, broken], projections => projections.caughtUp(4));
    expect(seqsIn(sound.state)).toEqual(upTo(4));
  });

  it('passes on the failure of the feed to those who wait, and to those who come later', async () => {
    const { store } = await ledger(0);
    const lost: EventStore = {
      ...store,
      // eslint-disable-next-line require-yield
      follow: async function* (): AsyncGenerator<readonly StoredEvent[]> {
        await store.readEvent(0);
        throw new LedgerError('store-unavailable', 'the feed was dropped');
      },
    };
    await following(lost, [opened(tally())], async ({ caughtUp, settled }) => {
      await expect(caughtUp(0)).rejects.toMatchObject({ code: 'store-unavailable' });
      await expect(caughtUp(0)).rejects.toThrow('the feed was dropped');
      await settled();
    });
  });

  it('lets nobody wait for views that are no longer kept up', async () => {
    const { store } = await ledger(0);
    const projections = project(store, [opened(tally())]);
    const waiting = expect(projections.caughtUp(0)).rejects.toMatchObject({ code: 'store-unavailable' });
    await projections.stop();
    await waiting;
  });
});

describe('promise 6: rebuild while live', () => {
  /** Reads of the whole log wait until they are let go. */
  const held = (store: EventStore) => {
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>(resolve => (letGo = resolve));
    const readAll: EventStore['readAll'] = async function* (...asked) {
      await gate;
      yield* store.readAll(...asked);
    };
    return { store: { ...store, readAll }, letGo };
  };
  const ahead = async (store: EventStore) => {
    const whole = opened(tally('whole'));
    applyPage(projection(whole.view, whole.state), await all(store.readAll(null)));
    return whole;
  };

  it('fills a view that begins behind the others apart: they go on, and nobody waits for it who does not say so', async () => {
    const { store, append } = await ledger(5);
    const [whole, risen] = [await ahead(store), opened(tally('risen'))];
    const { store: slow, letGo } = held(store);
    await following(slow, [whole, risen], async projections => {
      await append(2);
      await projections.caughtUp(6);
      expect([seqsIn(whole.state), seqsIn(risen.state)]).toEqual([upTo(6), []]);
      await expect(projections.caughtUp(6, 10, 'every')).rejects.toMatchObject({ code: 'view-behind' });
      letGo();
      await projections.caughtUp(6, undefined, 'every');
      await append(1);
      await projections.caughtUp(7);
      expect([seqsIn(whole.state), seqsIn(risen.state)]).toEqual([upTo(7), upTo(7)]);
    });
  });

  it('a view that is filled apart passes over what is set aside meanwhile', async () => {
    const { store, setAside } = await ledger(4);
    const [whole, risen] = [await ahead(store), opened(tally('risen', seq => seq === 2))];
    const { store: slow, letGo } = held(store);
    await following(slow, [whole, risen], async projections => {
      await setAside(2);
      letGo();
      await projections.caughtUp(4, undefined, 'every');
      expect([seqsIn(whole.state), seqsIn(risen.state)]).toEqual([
        [0, 1, 3, 4],
        [0, 1, 3, 4],
      ]);
    });
  });

  it('stops while a view is filled apart', async () => {
    const { store } = await ledger(5);
    const { store: slow, letGo } = held(store);
    const risen = opened(tally('risen'));
    const projections = project(slow, [await ahead(store), risen]);
    const stopped = projections.stop();
    letGo();
    await stopped;
    expect(seqsIn(risen.state)).toEqual([]);
  });

  const standing = (view: View) => {
    const generations = memoryViewStore();
    return { generations, one: { view, state: generations.open(view) } };
  };

  it('swaps in a generation that is the same, while readers see complete and ever newer tables', async () => {
    const { store, append } = await ledger(700);
    const { generations, one } = standing(tally());
    await following(
      store,
      [one],
      async projections => {
        await projections.caughtUp(699);
        let [reading, last, looks] = [true, 0, 0];
        const reader = (async () => {
          for (; reading; looks++) {
            const seqs = seqsIn(one.state);
            if (seqs.length < last || seqs.some((seq, i) => seq !== i)) return seqs;
            last = seqs.length;
            await new Promise(resolve => setImmediate(resolve));
          }
          return 'complete, and never older';
        })();
        const seen: number[] = [];
        const rebuilding = projections.rebuild('tally', sha256, seq => seen.push(seq));
        for (let i = 0; i < 20; i++) {
          await append(5);
          await new Promise(resolve => setImmediate(resolve));
        }
        const rebuilt = await rebuilding;
        await projections.caughtUp(799);
        reading = false;
        expect(await reader).toBe('complete, and never older');
        expect(looks).toBeGreaterThan(5);
        expect(rebuilt).toMatchObject({ view: 'tally', version: 1 });
        expect('before' in rebuilt && rebuilt.before === rebuilt.fingerprint).toBe(true);
        expect(seen.length).toBeGreaterThan(1);
        expect(seqsIn(one.state)).toEqual(upTo(799));
      },
      { generations },
    );
  });

  it('keeps the old generation where the new one stops', async () => {
    const { store, append } = await ledger(10);
    let cannot = false;
    const { generations, one } = standing(tally('tally', seq => cannot && seq === 6));
    await following(
      store,
      [one],
      async projections => {
        await projections.caughtUp(9);
        cannot = true;
        expect(await projections.rebuild('tally', sha256)).toMatchObject({ seq: 6, error: 'cannot apply 6' });
        await append(1);
        await projections.caughtUp(10);
      },
      { generations },
    );
    expect(seqsIn(one.state)).toEqual(upTo(10));
  });

  it('gets a view going again that had stopped at an event which applies now', async () => {
    const { store } = await ledger(10);
    let cannot = true;
    const { generations, one } = standing(tally('tally', seq => cannot && seq === 6));
    await following(
      store,
      [one],
      async projections => {
        await projections.caughtUp(9);
        expect(projections.all[0]?.stopped?.seq).toBe(6);
        cannot = false;
        const rebuilt = await projections.rebuild('tally', sha256);
        expect(rebuilt).toMatchObject({ seq: 9 });
        expect(rebuilt).not.toHaveProperty('before');
        expect(projections.all[0]?.stopped).toBeUndefined();
      },
      { generations },
    );
    expect(seqsIn(one.state)).toEqual(upTo(9));
  });
});
