import { cpSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KurrentEventStore, KurrentEventStoreOptions } from '@credence/event-store-kurrentdb';
import { rootOfFirst } from '@credence/kernel';
import type { SealedEvent } from '@credence/kernel';
import { all, claimStream, countingPrimitives, ids, sealed, sealer, sha256 } from '@credence/kernel/testing';
import { openLedger } from '@credence/runtime';
import type { LocalLedger } from '@credence/runtime';
import { kurrentDouble } from '../support/kurrent-double/index.js';
import type { AppendFault, Database, KurrentDouble } from '../support/kurrent-double/index.js';
import { openStore } from '../support/kurrent-stores.js';
import { temporaryFolder } from '../support/live-kurrent.js';

/* Everything that a cluster does to its clients, done to the adapter: nothing lost, nothing twice, no hang. */

const A = claimStream('a');
const B = claimStream('b');
/** So that a test of giving up takes a second, not twenty. */
const HASTE = { call: 1500, read: 6000, append: 6000, feed: 10_000 };

let double: KurrentDouble;
let folders: string[];
let stores: KurrentEventStore[];
beforeEach(async () => {
  double = await kurrentDouble();
  folders = [];
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await double.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function open(folder = temporaryFolder(), more: Partial<KurrentEventStoreOptions> = {}, url = double.url) {
  folders.push(folder);
  const store = await openStore(url, folder, Date.now, { budgets: HASTE, ...more });
  stores.push(store);
  return store;
}

const written = (stream: string) => double.database.log.filter(event => event.stream === stream).map(({ id }) => id);

describe('an append of which the answer is lost', () => {
  const faults: readonly (readonly [name: string, fault: AppendFault])[] = [
    ['never comes, and it was written', { kind: 'no-answer', written: true }],
    ['never comes, and it was not written', { kind: 'no-answer', written: false }],
    ['is a broken connection, and it was written', { kind: 'unavailable', written: true }],
    ['is a broken connection, and it was not written', { kind: 'unavailable', written: false }],
    ['is a cancellation, and it was written', { kind: 'cancelled', written: true }],
    ['is a server that stops, and it was written', { kind: 'stopping', written: true }],
    ['is that the server is not ready', { kind: 'not-ready' }],
  ];
  it.each(faults)('%s: it is there once, and its receipt is right', async (_, fault) => {
    const store = await open();
    const { one } = sealer();
    await store.append(A, 'no-stream', [one(A)]);
    double.faults.appends.push(fault, fault);
    const event = one(A);
    const [placed] = await store.append(A, 0, [event]);
    expect(placed).toMatchObject({ id: event.id, revision: 1, seq: 1 });
    expect(written(A)).toHaveLength(2);
    expect(ids(await all(store.readStream(A)))).toEqual(written(A));
  });

  it('never comes, however often it is sent: the caller is told that nobody knows, and a repeat finds out', async () => {
    const store = await open();
    const event = sealer().one(A);
    const never: AppendFault = { kind: 'no-answer', written: true };
    double.faults.appends.push(...Array.from({ length: 50 }, () => never));
    await expect(store.append(A, 'no-stream', [event])).rejects.toMatchObject({ code: 'outcome-unknown' });
    double.faults.appends.length = 0;
    expect(ids(await all(store.readStream(A)))).toEqual([event.id]);
    expect(double.calls.filter(call => call === 'append').length).toBeLessThan(20);
  });

  it('is nobody there at all: refused as an outage, for nothing can have been written', async () => {
    const store = await open();
    await double.stop();
    await expect(store.append(A, 'no-stream', [sealer().one(A)])).rejects.toMatchObject({ code: 'store-unavailable' });
    await double.start();
    await expect(store.append(A, 'no-stream', [sealer().one(A)])).resolves.toMatchObject([{ seq: 0 }]);
    expect(written(A)).toHaveLength(1);
  });
});

describe('an event that is written and not replicated yet', () => {
  it('is waited for: committed later, it is acknowledged', async () => {
    const store = await open(undefined, { budgets: { ...HASTE, append: 8000 } });
    const event = sealer().one(A);
    double.faults.appends.push({ kind: 'commit-timeout' });
    const appended = store.append(A, 'no-stream', [event]);
    setTimeout(() => {
      double.database.replicate();
    }, 400);
    expect(await appended).toMatchObject([{ id: event.id, revision: 0, seq: 0 }]);
    expect(written(A)).toEqual([event.id]);
  });

  it('of another writer is no conflict until it can be read, for it may yet vanish', async () => {
    const store = await open(undefined, { budgets: { ...HASTE, append: 8000 } });
    double.database.hold();
    double.database.append(A, 'no_stream', [foreign()]);
    const event = sealer().one(A);
    const appended = store.append(A, 'no-stream', [event]);
    setTimeout(() => {
      double.database.forget();
    }, 400);
    expect(await appended).toMatchObject([{ id: event.id, revision: 0, seq: 0 }]);
    expect(written(A)).toEqual([event.id]);
  });
});

describe('an acknowledgement for somebody else’s event', () => {
  it('under the same id with other content is a conflict, not a success', async () => {
    const [here, there] = [await open(), await open()];
    const primitives = (seed: string) => countingPrimitives(seed);
    const same = (seed: string): SealedEvent => sealed(A, 'one command', primitives(seed));
    expect(same('x').id).toBe(same('y').id);
    const outcomes = await Promise.allSettled([
      here.append(A, 'no-stream', [same('x')]),
      there.append(A, 'no-stream', [same('y')]),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'wrong-expected-revision' },
    });
    expect(written(A)).toHaveLength(1);
  });
});

describe('a feed that is dropped', () => {
  it.each(['error', 'end'] as const)(
    'after every third event, with an %s: nothing is lost and nothing comes twice',
    async drop => {
      const store = await open();
      double.faults.dropAfter = 3;
      double.faults.drop = drop;
      double.faults.checkpointAhead = true;
      const { one } = sealer();
      for (let i = 0; i < 20; i++) await store.append(A, i === 0 ? 'no-stream' : i - 1, [one(A)]);
      const events = await all(store.readAll(null));
      expect(ids(events)).toEqual(written(A));
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
    },
  );

  it('that lags: the append is acknowledged without seq, and the seq is known once it has come', async () => {
    const store = await open(undefined, { budgets: { ...HASTE, feed: 200 } });
    double.faults.stalled = true;
    const [placed] = await store.append(A, 'no-stream', [sealer().one(A)]);
    expect(placed).toMatchObject({ revision: 0 });
    expect(placed?.seq).toBeUndefined();
    await expect(all(store.readStream(A))).rejects.toMatchObject({ code: 'view-behind' });
    double.faults.stalled = false;
    double.dropSubscriptions();
    const abort = new AbortController();
    for await (const page of store.follow(null, { signal: abort.signal })) {
      expect(ids(page)).toEqual([placed?.id]);
      break;
    }
    expect((await all(store.readStream(A)))[0]).toMatchObject({ seq: 0, id: placed?.id });
  });
});

describe('a server that comes late or goes away', () => {
  it('is found by a node that was there first', async () => {
    const { port } = double;
    await double.stop();
    setTimeout(() => void double.start(), 1500);
    const store = await open(undefined, { budgets: { ...HASTE, read: 10_000, call: 2000 } });
    expect(double.port).toBe(port);
    expect(await store.append(A, 'no-stream', [sealer().one(A)])).toMatchObject([{ seq: 0 }]);
  });

  it('and is back: appends, reads and the feed go on with a fresh client, also where a cluster is named', async () => {
    const { port } = double;
    const url = `kurrentdb://127.0.0.1:${String(port)},127.0.0.1:${String(port)}?tls=false`;
    const store = await open(undefined, { budgets: { ...HASTE, read: 10_000, append: 10_000, call: 2000 } }, url);
    const { one } = sealer();
    await store.append(A, 'no-stream', [one(A)]);
    await double.stop();
    const during = store.append(A, 0, [one(A)]);
    await new Promise(resolve => setTimeout(resolve, 1500));
    await double.start();
    expect(await during).toMatchObject([{ revision: 1, seq: 1 }]);
    expect(ids(await all(store.readStream(A)))).toEqual(written(A));
  });

  it('of a cluster whose leader is another: the append goes there', async () => {
    const follower = await kurrentDouble({ database: double.database, leaderPort: () => double.port });
    const store = await open(undefined, {}, follower.url);
    expect(await store.append(A, 'no-stream', [sealer().one(A)])).toMatchObject([{ seq: 0 }]);
    await store.close();
    await follower.stop();
  });
});

const none = new Uint8Array();
const foreign = (id = crypto.randomUUID() as string) => ({
  id,
  type: 'Stranger',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: none,
});

describe('events of others', () => {
  it('in our streams and beside them count on no node, and nobody’s writing stops at them', async () => {
    const [here, there] = [await open(), await open()];
    const { one } = sealer();
    double.database.append('orders-1', 'no_stream', [foreign()]);
    double.database.append('claim-short', 'no_stream', [foreign()]);
    double.database.append(`claim-${'a'.repeat(13)}\u00ad${'a'.repeat(13)}`, 'no_stream', [foreign()]);
    await here.append(A, 'no-stream', [one(A)]);
    double.database.append(A, 0n, [foreign()]);
    expect(await here.append(A, 0, [one(A)])).toMatchObject([{ revision: 1, seq: 1 }]);
    double.database.append(B, 'no_stream', [foreign()]);
    expect(await there.append(B, 'no-stream', [one(B)])).toMatchObject([{ revision: 0, seq: 2 }]);
    expect(await here.append(A, 1, [one(A)])).toMatchObject([{ revision: 2, seq: 3 }]);
    const late = await open();
    for (const store of [here, there, late]) {
      await seen(store, 4);
      expect((await all(store.readAll(null))).map(({ stream, revision }) => [stream, revision])).toEqual([
        [A, 0],
        [A, 1],
        [B, 0],
        [A, 2],
      ]);
      expect(rootOfFirst(store.log, 4, sha256)).toBe(rootOfFirst(here.log, 4, sha256));
    }
    expect(late.index.foreign()).toHaveLength(2);
  });
});

describe('a user without the right to read $all', () => {
  const said = { code: 'store-unavailable', message: expect.stringMatching(/access denied.*\$all/) as unknown };

  it('opens nothing, at once, and is told which right is wanting', async () => {
    double.faults.deniedAll = true;
    const begun = performance.now();
    await expect(open()).rejects.toMatchObject(said);
    expect(performance.now() - begun).toBeLessThan(HASTE.read);
  });

  it('whose right is taken away stops when the feed has to begin again', async () => {
    const store = await open();
    await store.append(A, 'no-stream', [sealer().one(A)]);
    double.faults.deniedAll = true;
    double.dropSubscriptions();
    expect(await store.failed).toMatchObject(said);
    await expect(store.append(A, 0, [sealer().one(A)])).rejects.toMatchObject(said);
  });

  it('and may not write: the append is refused, written nowhere, and the node goes on', async () => {
    const store = await open();
    const { one } = sealer();
    double.faults.appends.push({ kind: 'denied' });
    await expect(store.append(A, 'no-stream', [one(A)])).rejects.toMatchObject(said);
    expect(await store.append(A, 'no-stream', [one(A)])).toMatchObject([{ seq: 0 }]);
    expect(written(A)).toHaveLength(1);
  });
});

async function seen(store: KurrentEventStore, size: number): Promise<void> {
  const abort = new AbortController();
  let count = 0;
  if (size > 0)
    for await (const page of store.follow(null, { signal: abort.signal })) if ((count += page.length) >= size) break;
}

describe('a history that is not whole any more', () => {
  const three = async () => {
    const store = await open();
    await store.append(A, 'no-stream', sealer().some(A, 3));
    return store;
  };
  const attacks: readonly (readonly [name: string, attack: (database: Database) => void])[] = [
    ['retention', database => database.setMetadata(A, { $maxCount: 1 })],
    [
      'a soft delete',
      database => {
        database.softDelete(A);
      },
    ],
    [
      'a tombstone',
      database => {
        database.tombstone(A);
      },
    ],
  ];
  it.each(attacks)('%s stops the node, which says what happened', async (_, attack) => {
    const store = await three();
    attack(double.database);
    await expect(followToTheEnd(store)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining(A) as unknown,
    });
    await expect(store.append(A, 2, [sealer().one(A)])).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(open()).rejects.toMatchObject({ code: 'store-unavailable' });
  });

  it('a ledger over it answers nothing any more, and is not ready', async () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const ledger = await openLedger({ url: double.url, actor: 'ada', data: folder });
    try {
      await ledger.claims();
      double.database.tombstone('ledger-main');
      await expect(waitFor(() => ledger.claims())).rejects.toThrow(/ledger-main was tombstoned/);
      await expect(ledger.health()).rejects.toMatchObject({ code: 'store-unavailable' });
    } finally {
      await ledger.close();
    }
  });

  it('a scavenge is found by a node that reads it anew', async () => {
    await three();
    double.database.setMetadata(A, { $maxCount: 1 });
    double.database.scavenge();
    double.database.setMetadata(A, {});
    await expect(open()).rejects.toThrow(/0 to 1 are gone/);
  });

  it('a node that has read further than the cluster goes does not go on', async () => {
    const store = await three();
    const [folder] = folders;
    await store.close();
    const emptied = await kurrentDouble();
    emptied.database.append('orders-1', 'no_stream', [foreign()]);
    await expect(open(folder, {}, emptied.url)).rejects.toThrow(/further than the cluster goes/);
    await emptied.stop();
  });

  it('another cluster under the same address is found out', async () => {
    const store = await three();
    const [folder] = folders;
    await store.close();
    const other = await kurrentDouble();
    const strange = await open(undefined, {}, other.url);
    await strange.append(A, 'no-stream', sealer(countingPrimitives('other')).some(A, 3));
    await strange.append(B, 'no-stream', sealer(countingPrimitives('more')).some(B, 9));
    await strange.close();
    await expect(open(folder, {}, other.url)).rejects.toMatchObject({ code: 'store-unavailable' });
    await other.stop();
  });

  it('a payload that the redactor blanked reads as redacted, and every seq stays', async () => {
    await three();
    double.database.redact(A, 1n);
    const store = await open();
    const events = await all(store.readAll(null));
    expect(events.map(({ data, words }) => [data === null, words === null])).toEqual([
      [false, false],
      [true, true],
      [false, false],
    ]);
  });
});

it('a payload that is blanked while nodes run is gone from every view once the event is set aside', async () => {
  const node = async () => {
    const data = temporaryFolder();
    folders.push(data);
    return openLedger({ url: double.url, actor: 'ada', data });
  };
  const [here, there] = [await node(), await node()];
  const nodes = [here, there];
  const send = async (command: string, data: object, words: object, by = here) =>
    (await by.execute({ command, data: { ...data }, words: { ...words }, actor: 'ada' })) as {
      readonly receipt: { readonly id: string; readonly seq?: number };
    };
  const texts = async (ledger: LocalLedger, after: number) =>
    (await ledger.claims({ after: String(after) })).items.map(({ text }) => text);
  try {
    const { id } = (await send('RecordClaim', {}, { text: 'A secret.' })).receipt;
    const { seq = 0 } = (await send('RecordClaim', {}, { text: 'No secret.' })).receipt;
    expect(await texts(there, seq)).toEqual(['No secret.', 'A secret.']);
    double.database.redact(`claim-${id}`, 0n);
    // Who verifies reads what is there; the hash of what was there stands.
    expect(await here.verify()).toMatchObject({ ok: true, size: 3 });
    expect(await texts(there, seq)).toContain('A secret.');
    // Read models that are built anew stop there, until somebody says that the event does not count.
    const anew = await node();
    nodes.push(anew);
    await expect(anew.claims()).rejects.toThrow(/stopped at event 1 \(ClaimRecorded\)/);
    const words = { reason: 'redacted', authority: 'a court' };
    const aside = (await send('SetEventAside', { event: 1 }, words, anew)).receipt;
    for (const ledger of nodes) expect(await texts(ledger, aside.seq ?? 0)).toEqual(['No secret.']);
  } finally {
    for (const ledger of nodes) await ledger.close();
  }
}, 60_000);

it('a new node that starts from a copy of another one’s folder has its read models, and reads on from there', async () => {
  const node = async (data = temporaryFolder()) => {
    folders.push(data);
    return { data, ledger: await openLedger({ url: double.url, actor: 'ada', data }) };
  };
  const record = async ({ ledger }: { readonly ledger: LocalLedger }, text: string) => {
    const command = { command: 'RecordClaim', data: {}, words: { text }, actor: 'ada' };
    return ((await ledger.execute(command)) as { readonly receipt: { readonly id: string } }).receipt.id;
  };
  const texts = async ({ ledger }: { readonly ledger: LocalLedger }) =>
    (await ledger.claims({ after: String((await ledger.health()).head) })).items.map(({ text }) => text);
  const first = await node();
  const id = await record(first, 'One.');
  await record(first, 'Two.');
  expect(await texts(first)).toEqual(['Two.', 'One.']);
  await first.ledger.close();
  const copy = temporaryFolder();
  cpSync(first.data, copy, { recursive: true });
  const again = await node(first.data);
  await record(again, 'Three.');
  double.database.redact(`claim-${id}`, 0n); // who builds read models from the first event on stops there
  const seeded = await node(copy);
  try {
    expect(await texts(seeded)).toEqual(['Three.', 'Two.', 'One.']);
    expect(await seeded.ledger.health()).toMatchObject({ ready: true, head: (await again.ledger.health()).head });
  } finally {
    await again.ledger.close();
    await seeded.ledger.close();
  }
}, 60_000);

/** Asks again until it fails, or has gone well for 3 s. */
async function waitFor(work: () => Promise<unknown>): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < 3000;) {
    await work();
    await new Promise(again => setTimeout(again, 20));
  }
}

async function followToTheEnd(store: KurrentEventStore): Promise<void> {
  for await (const page of store.follow(null, { signal: AbortSignal.timeout(5000) }))
    expect(page.length).toBeGreaterThan(0);
  throw new Error('the feed went on');
}

it('clocks: a machine that is more than 5 s off the server does not write', async () => {
  double.database.clock = () => Date.now() + 60_000;
  const store = await open();
  const { one } = sealer();
  await store.append(A, 'no-stream', [one(A)]);
  await expect(store.append(A, 0, [one(A)])).rejects.toMatchObject({ code: 'clock-skew' });
});

it('a node that starts again goes on where it was, and another that is new comes to the same root', async () => {
  const store = await open();
  const { one } = sealer();
  for (let i = 0; i < 30; i++) await store.append(A, i === 0 ? 'no-stream' : i - 1, [one(A)]);
  const [folder] = folders;
  await store.close();
  const between = await open();
  for (let i = 30; i < 40; i++) await between.append(A, i - 1, [one(A)]);
  const again = await open(folder);
  expect(ids(await all(again.readAll(null)))).toEqual(written(A));
  expect(rootOfFirst(again.log, 40, sha256)).toBe(rootOfFirst(between.log, 40, sha256));
});
