import { meant } from '@credence/contracts';
import { present } from '@credence/kernel';
import type { StoredEvent } from '@credence/kernel';
import { BLAMED, blameOf, causeOf, recordedTimeline, saidBy, statusSince } from '@credence/views';
import type { BlameItem } from '@credence/views';
import { beliefPast } from '../belief-past.js';
import type { Ledger } from '../ledger.js';
import { patiently } from '../patiently.js';
import { primitives } from '../primitives.js';
import { invalid } from './reads.js';
import type { Reading, Reads } from './reads.js';

/** Who set each current value of a claim and of what is said of it; and what made the belief what it is. */
export const blame =
  (reads: Reads): Ledger['blame'] =>
  async (reference, { field, ...parameters } = {}) => {
    const pointer = field === undefined ? undefined : pointerOf(field);
    const at = await reads.reading(parameters);
    const claim = reads.claimNamed(reference, at);
    const said = saidBy(claim, at.model);
    const set = blameOf(await reads.claimEvents(claim, at), assertion => said.get(assertion));
    const asked = ({ path }: { path: string }) =>
      pointer === undefined || path === pointer || path.startsWith(`${pointer}/`);
    const believed = asked({ path: STATUS }) ? await statusOf(claim, at, said, reads) : [];
    return reads.pinned({ claim, items: [...set.filter(asked), ...believed] }, at);
  };

const STATUS = '/belief/status';

/** `text`, `passage/page` or `/passage/page` as a pointer. @throws invalid-parameter */
function pointerOf(field: string): string {
  const pointer = field.startsWith('/') ? field : `/${field}`;
  const [, name = ''] = pointer.split('/');
  if (!BLAMED.includes(name as (typeof BLAMED)[number]))
    throw invalid('field', `found "${field}", wanted ${BLAMED.join(', ')}${meant(name, BLAMED)}`);
  return pointer;
}

/** The event since which the belief has its present status; none where it has to be sought and hangs on too much to read. */
async function statusOf(
  claim: string,
  at: Reading,
  said: ReturnType<typeof saidBy>,
  reads: Reads,
): Promise<readonly BlameItem[]> {
  const since = await statusCause(claim, at, reads);
  if (since === undefined) return [];
  const { id, ...cause } = since.cause;
  const source = said.get(id);
  const status = { id: claim, thing: 'claim', path: STATUS, value: since.status } as const;
  return [{ ...status, ...cause, ...(source === undefined ? {} : { source }) }];
}

async function statusCause(claim: string, at: Reading, { store, isSetAside }: Reads) {
  const { model, moment, axes } = at;
  const last = moment.seq ?? -1;
  const kept = statusSince(claim, last, model);
  if (kept !== undefined)
    return { status: kept.status, cause: causeOf(present((await store.readEvent(kept.since)) as StoredEvent)) };
  const events = await beliefPast(claim, last, model.belief, store, isSetAside);
  if (events === undefined) return undefined;
  const of = { limit: Infinity, query: axes.query, sha256: primitives.sha256 };
  const { items } = await patiently(async () => ({ steps: recordedTimeline(claim, events, of), moved: () => false }));
  const since = items.findLast(({ before, after }) => before?.status.code !== after.status.code);
  if (since === undefined || !('type' in since.cause)) return undefined;
  return { status: since.after.status.code, cause: since.cause };
}
