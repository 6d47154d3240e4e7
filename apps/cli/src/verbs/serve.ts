import { join } from 'node:path';
import { isLedgerError, LedgerError } from '@credence/contracts';
import type { LocalLedger } from '@credence/runtime';
import { installation } from '../installation.js';
import { ledgerOptions, nodeOptions } from '../options/common.js';
import { progressOn } from '../screen/progress.js';
import { importReport } from '../screen/import-report.js';
import { screenOf } from '../screen/screen.js';
import { clean, counted } from '../screen/text.js';
import { UsageError } from '../usage-error.js';
import type { LogLevel } from '../../../api/src/http/log.js';
import type { Call, Verb } from '../verb.js';
import { importFile } from './import.js';

const DEFAULT_PORT = '3000';

/** Serves a ledger until somebody ends the process. Without `--example` it never puts anything into it. */
export const verb: Verb = {
  define: command =>
    nodeOptions(ledgerOptions(command))
      .option('--port <n>', `where it listens; 0: any that is free (default ${DEFAULT_PORT}, or CREDENCE_PORT)`)
      .option('--host <address>', 'default 127.0.0.1')
      .option(
        '--allow-unauthenticated',
        'listen on other addresses than loopback, although nobody is asked who they are',
      )
      .option(
        '--log <level>',
        'JSON lines on standard error: silent, error, warn (default), info: one for each request, debug; or CREDENCE_LOG',
      )
      .option('--actor <handle>', 'who opens a ledger that is new (default: your login name)')
      .option('--sign', 'sign checkpoints, with the key in the ledger’s own folder (made and adopted if there is none)')
      .option('--example', 'load the example dossier first'),
  examples: [
    'credence serve --ledger sqlite:./credence-data --port 3000',
    'CREDENCE_PORT=0 credence serve',
    'credence serve --log info 2>> requests.log',
    "credence serve --ledger 'kurrentdb://ledger:secret@db1:2113,db2:2113,db3:2113' --captures /mnt/captures --data ./node1",
  ],
  run: async call => {
    const { url, io, options } = call;
    if (/^https?:/.test(url)) throw new UsageError(`${url} is served already; wanted a store of this machine`);
    const port = portOf((options['port'] as string | undefined) ?? io.env['CREDENCE_PORT'] ?? DEFAULT_PORT);
    const logLevel = await levelOf((options['log'] as string | undefined) ?? io.env['CREDENCE_LOG'] ?? 'warn');
    const stopped = io.stopped();
    const ledger = await opened(call);
    const ended = Promise.race([stopped, ledger.failed]);
    try {
      if (options['example'] === true) await loadExample(ledger, call);
      await serving(
        ledger,
        { port, logLevel },
        ended.then(() => undefined),
        call,
      );
    } finally {
      await ledger.close();
    }
    const failure = await ended;
    if (failure !== undefined) throw failure;
    return undefined;
  },
};

async function serving(
  ledger: LocalLedger,
  how: { readonly port: number; readonly logLevel: LogLevel },
  stopped: Promise<void>,
  { io, options }: Call,
): Promise<void> {
  // Loaded here: no other verb needs a server.
  const { serve } = await import('../../../api/src/serve.js');
  const { host } = options as { host?: string };
  const allowUnauthenticated = options['allowUnauthenticated'] === true;
  const server = await serve(ledger, {
    ...how,
    allowUnauthenticated,
    logTo: { write: io.err },
    ...(host === undefined ? {} : { host }),
  }).catch((error: unknown) => {
    throw named(error, how.port);
  });
  // Read models that are still being built keep nobody from serving: reads say so until they are there.
  try {
    const claims = await ledger.summary().then(summary => summary.claims, ignoreViewBehind);
    io.out(greeting(server.url, ledger.url, claims, options['example'] === true));
    await stopped;
  } finally {
    await server.close();
  }
}

function ignoreViewBehind(error: unknown): undefined {
  if (isLedgerError(error, 'view-behind')) return undefined;
  throw error;
}

async function opened({ url, actor, node, io, options }: Call): Promise<LocalLedger> {
  const { openLedger } = await import('../../../../libs/runtime/src/open-ledger.js');
  const { adapterFor } = await import('../../../../libs/runtime/src/stores.js');
  try {
    adapterFor(url);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { tell, end } = progressOn(io);
  const onProgress = (events: number) => {
    tell('events of the cluster read', events, events);
  };
  const onViewStopped = (detail: string) => {
    io.err(`credence: ${clean(detail)}; the others go on (credence doctor)\n`);
  };
  return openLedger({ url, actor, ...node, onProgress, onViewStopped, sign: options['sign'] === true }).finally(end);
}

/** @throws invalid-parameter - no port */
function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  const detail = `found "${text}", wanted 0 to 65535`;
  throw new LedgerError('invalid-parameter', `port: ${detail}`, [{ pointer: 'port', code: 'invalid', detail }]);
}

/** @throws invalid-parameter - no level */
async function levelOf(text: string): Promise<LogLevel> {
  const { LOG_LEVELS } = await import('../../../api/src/http/log.js');
  const level = LOG_LEVELS.find(known => known === text);
  if (level !== undefined) return level;
  const detail = `found "${text}", wanted one of ${LOG_LEVELS.join(', ')}`;
  throw new LedgerError('invalid-parameter', `log: ${detail}`, [{ pointer: 'log', code: 'unknown-value', detail }]);
}

function named(error: unknown, port: number): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE')
    return new LedgerError(
      'store-unavailable',
      `port ${String(port)} is taken by another process; --port or CREDENCE_PORT chooses another`,
    );
  if (code === 'EACCES')
    return new LedgerError('store-unavailable', `port ${String(port)} is not for this user; wanted one from 1024`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new LedgerError('invalid-parameter', 'host: this machine has no such address');
  return error;
}

async function loadExample(ledger: LocalLedger, call: Call): Promise<void> {
  const file = join(installation(), 'examples', 'back-channel', 'back-channel.dossier.yaml');
  const answer = await importFile(file, ledger, { ...call, options: {} });
  if (answer.rejected.length + answer.collided.length > 0)
    call.io.err(`${importReport(file, answer, screenOf(undefined, call.io.env))}\n`);
}

function greeting(url: string, ledger: string, claims: number | undefined, example: boolean): string {
  const lines = example
    ? [
        'It holds an example: who had the two-page paper, and how do we know? In another terminal, try:',
        '',
        `  export CREDENCE_LEDGER=${url}`,
        '  npx credence list',
        '  npx credence show gave-tillerson',
        '  npx credence chain gave-tillerson',
        '  npx credence history five-pages',
        '  npx credence record "My first claim."',
      ]
    : [
        'In another terminal:',
        '',
        `  export CREDENCE_LEDGER=${url}`,
        claims === 0 ? '  npx credence record "My first claim."' : '  npx credence list',
        '  npx credence --help',
      ];
  const open = ['', `Every route, with examples: ${url}/docs`, 'Ctrl-C ends it.', ''];
  const holding = claims === undefined ? 'read models are still being built' : counted(claims, 'claim');
  return [`Credence serves ${ledger} at ${url} (${holding}).`, '', ...lines, ...open].join('\n');
}
