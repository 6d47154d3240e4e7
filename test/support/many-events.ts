import { openSqliteEventStore } from '@credence/event-store-sqlite';
import type { Clock } from '@credence/kernel';
import { claimStream, countingPrimitives, sealed, sha256 } from '../../libs/kernel/src/testing/build.js';

const PER_CLAIM = 40;
const AT_ONCE = 25;

/**
 * Appends events to the ledger in a folder that nobody holds: claims with their confirmations, in streams of forty. No
 * command is decided and no view follows, so a million take a minute.
 *
 * @param events - how many; at least so many are written
 * @param reason - of each confirmation, in words of at most 4000 characters
 */
export async function manyEvents(
  folder: string,
  events: number,
  reason: (n: number) => string,
  clock: Clock = Date.now,
): Promise<void> {
  const store = await openSqliteEventStore({ folder, clock, sha256 });
  const primitives = countingPrimitives('many events');
  const one = async (claim: number) => {
    const name = `claim ${String(claim)}`;
    const stream = claimStream(name);
    const confirmed = Array.from({ length: PER_CLAIM - 1 }, (_, n) => {
      const draft = { type: 'ClaimConfirmed', data: {}, words: { reason: reason(claim * PER_CLAIM + n) } };
      return sealed(stream, `${name} ${String(n)}`, primitives, draft);
    });
    await store.append(stream, 'no-stream', [sealed(stream, name, primitives), ...confirmed]);
  };
  for (let claim = 0; claim * PER_CLAIM < events; claim += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => one(claim + i)));
  await store.close();
}
