import { answering } from './answering.js';

/** What the thread of the tests is asked for. */
export type Task =
  { readonly echo: number } | { readonly throws: string } | { readonly spins: true } | { readonly fills: true };

let asked = 0;

answering((task: Task) => {
  asked += 1;
  if ('throws' in task) throw new Error(task.throws);
  if ('echo' in task) return { echo: task.echo, asked };
  if ('spins' in task) for (;;) asked += 0;
  const all: Uint8Array[] = [];
  for (;;) all.push(new Uint8Array(16 * 1024 * 1024).fill(1));
});
