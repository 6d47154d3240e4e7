import type { CheckpointStore } from '@credence/kernel';
import type { Raw } from './encoding.js';
import type { NodeIndex } from './node-index.js';
import type { SideStream } from './side-stream.js';

/** Looked at, at the start: others may have written behind the last good one. */
const FEW = 20;

export interface Checkpoints extends CheckpointStore {
  /** Told by the feed of each event of the stream, once the events before it are in the index. */
  arrived(raw: Raw): void;
}

/** Signed checkpoints in a stream of their own: the feed brings them to every node, behind the events that they are of. */
export function checkpointsIn(stream: SideStream, index: NodeIndex): Checkpoints {
  const watching: ((note: string) => void)[] = [];
  return {
    newest: async () => {
      const raws = await stream.last(FEW);
      // The others are brought by the feed, when the events before them are there.
      const known = raws.filter(({ commit }) => index.at !== undefined && commit <= index.at.commit);
      return known.map(noteIn).filter(note => note !== undefined);
    },
    publish: note => stream.append('CheckpointSigned', { note }, last => noteIn(last) === note),
    watch: tell => {
      watching.push(tell);
    },
    arrived: raw => {
      const note = noteIn(raw);
      if (note !== undefined) for (const tell of watching) tell(note);
    },
  };
}

function noteIn({ type, data }: Raw): string | undefined {
  const { note } = (type === 'CheckpointSigned' ? data : {}) as { note?: unknown };
  return typeof note === 'string' ? note : undefined;
}
