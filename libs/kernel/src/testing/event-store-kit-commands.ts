import assert from 'node:assert/strict';
import { isRefusal, refuse } from '@credence/contracts';
import type { EventStore } from '../event-store.js';
import { MAX_REDECISIONS, write } from '../write-loop.js';
import type { Written } from '../write-loop.js';
import { claimStream, confirmation, countingPrimitives, sealer } from './build.js';
import { all, refusedWith } from './event-store-kit-case.js';
import type { EventStoreCase } from './event-store-kit-case.js';

const A = claimStream('a');

async function written(
  store: EventStore,
  ...[request, primitives]: [Parameters<typeof write>[1], ReturnType<typeof countingPrimitives>]
) {
  const outcome = await write(store, request, primitives);
  assert(!isRefusal(outcome), `refused: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** The store as a writer finds it to whom others come first, `times` times. */
function withRivals(store: EventStore, times: number): EventStore {
  const { one } = sealer(countingPrimitives('rivals'));
  let left = times;
  return {
    ...store,
    append: async (stream, expected, events) => {
      if (left-- > 0) await store.append(stream, expected, [one(stream)]);
      return store.append(stream, expected, events);
    },
  };
}

export const COMMANDS: readonly EventStoreCase[] = [
  {
    name: 'promise 2: a command repeated gives the original receipt, also after a restart and many events',
    run: async stand => {
      let store = await stand.open();
      const primitives = countingPrimitives();
      const { some } = sealer();
      const first = await written(store, confirmation(A, 'one'), primitives);
      assert.equal(first.outcome, 'recorded');
      const again = async () => {
        const { outcome, receipt } = await written(
          store,
          { ...confirmation(A, 'one'), actor: 'somebody-else' },
          primitives,
        );
        assert.equal(outcome, 'replayed');
        assert.deepEqual(receipt, first.receipt);
      };
      await again();
      for (let at = 0; at < 1500; at += 500) await store.append(A, at, some(A, 500));
      for (let i = 0; i < 50; i++) {
        const stream = claimStream(String(i));
        await store.append(stream, 'no-stream', some(stream, 3));
      }
      await again();
      store = await stand.reopen(store);
      await again();
      assert.equal(store.log.head().size, 1651);
    },
  },
  {
    name: 'promise 2: the same command id with other content is refused, and writes nothing',
    run: async stand => {
      let store = await stand.open();
      const primitives = countingPrimitives();
      await written(store, confirmation(A, 'one'), primitives);
      for (let round = 0; round < 2; round++) {
        const outcome = await write(store, confirmation(A, 'one', 'other content'), primitives);
        assert(isRefusal(outcome));
        assert.equal(outcome.refused, 'idempotency-conflict');
        assert.equal(store.log.head().size, 1);
        store = await stand.reopen(store);
      }
    },
  },
  {
    name: 'promise 2: a refusal is not remembered',
    run: async stand => {
      const store = await stand.open();
      const primitives = countingPrimitives();
      const refused = await write(
        store,
        { ...confirmation(A, 'one'), decide: () => refuse('claim-retracted', 'not now') },
        primitives,
      );
      assert(isRefusal(refused));
      const { outcome } = await written(store, confirmation(A, 'one', 'said differently'), primitives);
      assert.equal(outcome, 'recorded');
    },
  },
  {
    name: 'promise 2: one command sent eight times at once is carried out once, and all get its receipt',
    run: async stand => {
      const store = await stand.open();
      const primitives = countingPrimitives();
      const outcomes: Written[] = await Promise.all(
        Array.from({ length: 8 }, () => written(store, confirmation(A, 'one'), primitives)),
      );
      assert.equal(outcomes.filter(({ outcome }) => outcome === 'recorded').length, 1);
      for (const { receipt } of outcomes) assert.deepEqual(receipt, outcomes[0]?.receipt);
      assert.equal((await all(store.readAll(null))).length, 1);
    },
  },
  {
    name: 'promise 3: a command is decided anew on what others wrote, three times and no more',
    run: async stand => {
      const store = await stand.open();
      const primitives = countingPrimitives();
      const states: number[] = [];
      const request = confirmation(A, 'one');
      const observed = {
        ...request,
        decide: (...now: Parameters<typeof request.decide>) => (states.push(now[0]), request.decide(...now)),
      };
      const { receipt } = await written(withRivals(store, MAX_REDECISIONS), observed, primitives);
      assert.deepEqual([states, receipt.revision], [[0, 1, 2, 3], 3]);
      await refusedWith('wrong-expected-revision', write(withRivals(store, 4), confirmation(A, 'two'), primitives));
      assert.deepEqual(
        (await all(store.readStream(A))).filter(e => e.commandId === confirmation(A, 'two').commandId),
        [],
      );
    },
  },
  {
    name: 'promise 3: a caller who names the revision it saw is refused when the stream has moved on',
    run: async stand => {
      const store = await stand.open();
      const primitives = countingPrimitives();
      await written(store, confirmation(A, 'one'), primitives);
      await written(store, { ...confirmation(A, 'two'), expected: 0 }, primitives);
      await refusedWith(
        'wrong-expected-revision',
        write(store, { ...confirmation(A, 'three'), expected: 0 }, primitives),
      );
      const { outcome } = await written(store, { ...confirmation(A, 'two'), expected: 0 }, primitives);
      assert.equal(outcome, 'replayed');
      assert.equal(store.log.head().size, 2);
    },
  },
];
