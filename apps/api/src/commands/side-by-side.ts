/** How many are under way at once: what waits for the disk together shares a commit, and memory stays bounded. */
const WINDOW = 64;

/** A piece of work, and whether it has to wait for another one that came before. */
export interface Task<B> {
  readonly bearing: B;
  run(): Promise<string>;
}

interface Running<B> {
  readonly bearing: B;
  readonly answer: Promise<string>;
  done: string | undefined;
}

/**
 * Runs tasks while they come in, each as soon as those before it are done that it collides with, and gives their answers
 * in their order: none waits for a later task to come in. Answers that are there together are given together.
 */
export async function* sideBySide<B>(
  tasks: AsyncIterable<Task<B>>,
  collide: (a: B, b: B) => boolean,
): AsyncGenerator<string> {
  const running: Running<B>[] = [];
  const start = ({ bearing, run }: Task<B>) => {
    const before = running.filter(r => r.done === undefined && collide(r.bearing, bearing)).map(r => r.answer);
    const answer = before.length === 0 ? run() : Promise.all(before).then(run);
    const task: Running<B> = { bearing, answer, done: undefined };
    answer.then(text => (task.done = text)).catch(() => undefined); // whoever waits for the answer meets the failure
    running.push(task);
  };
  const answers = () => {
    let text = '';
    for (let first = running[0]; first?.done !== undefined; first = running[0]) {
      text += first.done;
      running.shift();
    }
    return text;
  };
  const coming = tasks[Symbol.asyncIterator]();
  try {
    for (let next: Promise<IteratorResult<Task<B>>> | undefined = coming.next(); ;) {
      const full = running.length >= WINDOW || next === undefined;
      const first = running[0]?.answer.then(() => undefined);
      if (first === undefined && next === undefined) return;
      const came =
        full || next === undefined ? await first : await Promise.race([next, ...(first === undefined ? [] : [first])]);
      if (came === undefined) yield answers();
      else if (came.done === true) next = undefined;
      else {
        start(came.value);
        next = coming.next();
      }
    }
  } finally {
    await coming.return?.();
  }
}
