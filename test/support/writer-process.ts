import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A process of `test/fault/writer.ts`. It is started at once, and waits until it is told to go. */
export interface WriterProcess {
  readonly pid: number;
  /** What it has said so far, line by line. */
  readonly said: readonly string[];
  go(): void;
  /** Resolves with the first line that begins so. @throws if the process ends without */
  line(start: string): Promise<string>;
  /** Kills it as `kill -9` does; resolves when all that it said has arrived. */
  kill(): Promise<void>;
}

export function writerProcess(program: string, args: readonly string[]): WriterProcess {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const said: string[] = [];
  const watchers = new Set<() => void>();
  const lines = createInterface(child.stdout);
  let ended = false;
  lines.on('line', line => {
    said.push(line);
    for (const watch of [...watchers]) watch();
  });
  const closed = once(lines, 'close').then(() => {
    ended = true;
    for (const watch of [...watchers]) watch();
  });
  child.stdin.on('error', () => undefined); // it may be gone before it is told to go
  return {
    pid: child.pid ?? -1,
    said,
    go: () => void child.stdin.write('\n'),
    line: start =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const found = said.find(line => line.startsWith(start));
          if (found === undefined && !ended) return;
          watchers.delete(watch);
          if (found !== undefined) resolve(found);
          else reject(new Error(`the writer ended and never said "${start}": ${said.slice(-3).join(' | ')}`));
        };
        watchers.add(watch);
        watch();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
