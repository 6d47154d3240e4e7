import { isLedgerError } from '@credence/contracts';
import { claimDiff, diffCauses } from '@credence/views';
import type { Ledger } from '../ledger.js';
import { patiently } from '../patiently.js';
import { primitives } from '../primitives.js';
import { spanOf, wholePast } from './reads.js';
import type { Reads, Span } from './reads.js';

/** A claim at two moments; `from` may be the later one. */
export const diff =
  (reads: Reads): Ledger['diff'] =>
  async (reference, parameters) => {
    const span = await spanOf(parameters, reads);
    const { from, to } = span;
    const claim = claimIn(reference, span, reads);
    const difference = claimDiff(claim, from.model, to.model);
    const seqs = [from, to].map(({ moment }) => moment.seq ?? -1);
    const events = await wholePast(claim, (seqs[0] as number) > (seqs[1] as number) ? from : to, reads);
    const of = { after: Math.min(...seqs), query: to.axes.query, sha256: primitives.sha256 };
    const causes = await patiently(async () => ({ steps: diffCauses(claim, events, of), moved: () => false }));
    return reads.pinned({ claim, ...span.pins, ...difference, causes }, to);
  };

/** The claim that is called that at the one moment, else at the other. */
function claimIn(reference: string, { from, to }: Span, reads: Reads): string {
  try {
    return reads.claimNamed(reference, to);
  } catch (error) {
    if (!isLedgerError(error, 'not-found')) throw error;
    return reads.claimNamed(reference, from);
  }
}
