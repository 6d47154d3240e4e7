import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '@credence/contracts';
import { ADAPTERS, localLedger } from '@credence/runtime';
import type { Done, LocalLedger, Media } from '@credence/runtime';
import { carryOut, history, nothingMade, requestOf } from '../support/histories.js';
import { openWithMedia, STORES } from '../support/ledgers.js';

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 15);

describe.each(STORES)('promise 2: content-bound idempotency, for ever ($name)', ({ place, persists }) => {
  it('a command sent again has its first receipt, whenever and however often; with other content it is refused', () =>
    fc.assert(
      fc.asyncProperty(history(30), fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }), async (steps, again) => {
        const { url, remove } = place();
        let { ledger } = await openWithMedia(url);
        try {
          const made = nothingMade();
          const done: { request: Parameters<LocalLedger['execute']>[0]; receipt: Done['receipt'] }[] = [];
          for (const [i, step] of steps.entries()) {
            const request = requestOf(step, made);
            const outcome = await carryOut(ledger, step, made, { idempotencyKey: `key-${String(i)}` });
            if (
              request !== undefined &&
              outcome !== undefined &&
              !isRefusal(outcome) &&
              outcome.receipt.events.length > 0
            )
              done.push({
                request: { actor: 'ada', idempotencyKey: `key-${String(i)}`, ...request },
                receipt: outcome.receipt,
              });
          }
          const { head } = await ledger.health();
          if (persists) {
            await ledger.close();
            ({ ledger } = await openWithMedia(url));
          }
          for (const n of again) {
            const sent = done[n % Math.max(1, done.length)];
            if (sent === undefined) break;
            const repeat = await ledger.execute({ ...sent.request, actor: 'somebody-else' });
            if (
              isRefusal(repeat) ||
              !repeat.replayed ||
              JSON.stringify(repeat.receipt) !== JSON.stringify(sent.receipt)
            )
              return false;
            const mutated = await ledger.execute({
              ...sent.request,
              words: { ...sent.request.words, ...mutation(sent.request.words) },
            });
            if (!isRefusal(mutated) || mutated.refused !== 'idempotency-conflict') return false;
          }
          return (await ledger.health()).head === head;
        } finally {
          await ledger.close();
          remove();
        }
      }),
      { numRuns: RUNS },
    ));
});

/** The same field with other words in it: still a valid command. */
const mutation = (words: Readonly<Record<string, unknown>>) =>
  'reason' in words
    ? { reason: 'another reason' }
    : 'text' in words
      ? { text: 'Another text.' }
      : 'name' in words
        ? { name: 'Another' }
        : { note: 'another note' };

describe('promise 13: existence is checked against the store', () => {
  /** A ledger whose views never come beyond its first event. */
  async function withViewsBehind(): Promise<{ ledger: LocalLedger; media: Media }> {
    const clock = Date.now;
    const media = await (ADAPTERS[0] as (typeof ADAPTERS)[0]).open('memory:', { clock, create: true });
    const stalled: Media = {
      ...media,
      events: {
        ...media.events,
        follow: async function* (after, { signal }) {
          for await (const page of media.events.readAll(after)) yield page;
          await new Promise(resolve => signal.addEventListener('abort', resolve));
        },
      },
    };
    return { ledger: await localLedger(stalled, { clock, actor: 'ada' }), media };
  }

  it('a claim and a source that no view has seen yet can be named by their ids at once', async () => {
    const { ledger } = await withViewsBehind();
    const send = async (request: Parameters<LocalLedger['execute']>[0]) => {
      const outcome = await ledger.execute(request);
      if (isRefusal(outcome)) throw new Error(outcome.detail);
      return outcome.receipt.id;
    };
    const claim = await send({ actor: 'ada', command: 'RecordClaim', data: {}, words: { text: 'It rained.' } });
    const source = await send({
      actor: 'ada',
      command: 'RegisterSource',
      data: { kind: 'person' },
      words: { name: 'Anna' },
    });
    const data = { source, stance: 'asserts', basis: 'first-hand' };
    await send({ actor: 'ada', command: 'RecordAssertion', target: claim, data, words: {} });
    expect((await ledger.health()).views.every(view => view.seq <= 0)).toBe(true);
    await ledger.close();
  });

  it('an id that nothing has is refused, however far the views are', async () => {
    const { ledger } = await openWithMedia('memory:');
    const nobody = 'a'.repeat(26);
    const claim = await ledger.execute({
      actor: 'ada',
      command: 'RecordClaim',
      data: {},
      words: { text: 'It rained.' },
    });
    const target = (claim as Done).receipt.id;
    const data = { source: nobody, stance: 'asserts' };
    expect(await ledger.execute({ actor: 'ada', command: 'RecordAssertion', target, data, words: {} })).toMatchObject({
      refused: 'unknown-reference',
      errors: [{ pointer: '/source' }],
    });
    expect(
      await ledger.execute({
        actor: 'ada',
        command: 'ConfirmClaim',
        target: nobody,
        data: {},
        words: { reason: 'read' },
      }),
    ).toMatchObject({ refused: 'not-found' });
    await ledger.close();
  });
});
