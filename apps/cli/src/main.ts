import { userInfo } from 'node:os';
import process from 'node:process';
import { EXIT } from './exit.js';
import type { Io } from './io.js';
import { run } from './run.js';

const PATIENCE_MS = 1000;

const io: Io = {
  env: process.env,
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  watched: process.stderr.isTTY,
  loginName: () => {
    try {
      return userInfo().username;
    } catch {
      return process.env['USER'] ?? process.env['LOGNAME'] ?? ''; // a user id without an entry in the machine's list
    }
  },
  stopped: () =>
    new Promise(resolve => {
      let asked = 0;
      const stop = () => {
        // A terminal and whoever started us may both pass one Ctrl-C on; a later one means: at once.
        if (asked > 0 && Date.now() - asked > PATIENCE_MS) process.exit(1);
        asked ||= Date.now();
        resolve();
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    }),
};

// Whoever reads our output may stop reading: `credence list | head`. A terminal that is closed takes nothing more; what was
// begun is brought to its end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  if (error.code === 'EIO') return;
  process.stderr.write(`credence: the answer cannot be written: ${error.message}\n`);
  process.exit(EXIT.refused);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EIO' && error.code !== 'EPIPE') throw error;
});

// Until it is done it is not: a process that has nothing left to wait for ends, whatever it waited for.
process.exitCode = EXIT.refused;
void run(process.argv.slice(2), io).then(code => {
  // Whoever interrupts does not wait for a server's answer.
  if (code === EXIT.interrupted) process.exit(code);
  process.exitCode = code;
});
