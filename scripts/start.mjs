/* `npm start`: builds, opens the example ledger, loads the example dossier into it, serves it and says what to try next. */
import process from 'node:process';
import { build } from './build.mjs';
import { handOver } from './hand-over.mjs';

await build();
const args = ['scripts/credence.mjs', 'serve', '--ledger', 'sqlite:./credence-example', '--example'];
handOver(process.execPath, args);
