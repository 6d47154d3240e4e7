import { contradicting } from './contradiction.js';
import { type Graph, withoutRelays } from './graph.js';
import type { Numbers } from './policy.js';
import { type Run, runOf } from './run.js';

/**
 * BELIEF.md §4.7: a grouped note takes nothing away. The first run over the graph and, if a note groups several sources,
 * a second one without the relays of all such notes, halving as before; the larger flow and the larger kappa count.
 */
export function runsOf(graph: Graph, numbers: Numbers): { first: Run; second: Run | undefined } {
  const first = runOf(graph, numbers, contradicting);
  const grouping = first.notes.filter(note => note.sources.length > 1).map(({ note }) => note);
  if (grouping.length === 0) return { first, second: undefined };
  const halved = contradicting(first.origins);
  return { first, second: runOf(withoutRelays(graph, new Set(grouping)), numbers, () => halved) };
}
