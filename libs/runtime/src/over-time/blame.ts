import { meant } from '@credence/contracts';
import { BLAMED, blameOf, recordedTimeline, saidBy } from '@credence/views';
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

/** The event since which the belief has its present status; none where that hangs on too much to read. */
async function statusOf(
  claim: string,
  at: Reading,
  said: ReturnType<typeof saidBy>,
  { store, isSetAside }: Reads,
): Promise<readonly BlameItem[]> {
  const events = await beliefPast(claim, at.moment.seq ?? -1, at.model.belief, store, isSetAside);
  if (events === undefined) return [];
  const of = { limit: Infinity, query: at.axes.query, sha256: primitives.sha256 };
  const { items } = await patiently(async () => ({ steps: recordedTimeline(claim, events, of), moved: () => false }));
  const since = items.findLast(({ before, after }) => before?.status.code !== after.status.code);
  if (since === undefined || !('type' in since.cause)) return [];
  const { id, ...cause } = since.cause;
  const source = said.get(id);
  const status = { id: claim, thing: 'claim', path: STATUS, value: since.after.status.code } as const;
  return [{ ...status, ...cause, ...(source === undefined ? {} : { source }) }];
}
