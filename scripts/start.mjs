/* `npm start`: builds, opens the example ledger, loads the example dossier into it, serves it and says what to try next. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { build } from './build.mjs';

build();
const args = ['dist/apps/cli/src/main.js', 'serve', '--ledger', 'sqlite:./credence-example', '--example'];
const server = spawn(process.execPath, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
