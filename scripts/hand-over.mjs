/* Runs a program in our place: signals go on to it, its exit code is ours, and it ends when whoever started us is gone. Readable by Node 18. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const WATCH_MS = 500;

export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm ends its shell and not us: without this, ending `npm start` would leave the server behind.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, WATCH_MS).unref();
  child.on('error', error => {
    console.error(`${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
}
