import { refuse } from '@credence/contracts';
import type { Refusal, Relay } from '@credence/contracts';
import { at } from '../by-id.js';
import type { ClaimState } from '../claim/claim.js';
import { invalid } from '../refusals.js';

/**
 * Why an assertion cannot relay these: an assertion relays others of the same claim, never itself. Rings through
 * several are recorded; readers show them as circular.
 *
 * @param list - RFC 6901 pointer to the list in the body
 */
export function unfitRelay(
  relays: readonly Relay[],
  assertion: string,
  claim: ClaimState,
  list: string,
): Refusal | undefined {
  for (const [i, relay] of relays.entries()) {
    if (!('assertion' in relay)) continue;
    const pointer = `${list}/${String(i)}`;
    if (relay.assertion === assertion) return invalid({ pointer, code: 'itself', detail: 'relays itself' });
    if (at(claim.assertions, relay.assertion) === undefined) {
      const detail = `no assertion ${relay.assertion} is on this claim`;
      return refuse('unknown-reference', detail, [{ pointer, code: 'unknown-reference', detail }]);
    }
  }
  return undefined;
}
