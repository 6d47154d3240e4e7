import { accessSync, closeSync, constants, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { LedgerError, MAX_DOSSIER_BYTES } from '@credence/contracts';
import type { Ledger } from '@credence/runtime';
import { EXIT } from '../exit.js';
import { Interrupted } from '../interrupted.js';
import { writeOptions } from '../options/common.js';
import { importReport } from '../screen/import-report.js';
import { overwrite } from '../screen/progress.js';
import { UsageError } from '../usage-error.js';
import type { Call, Verb } from '../verb.js';

type Imported = Awaited<ReturnType<Ledger['importDossier']>>;

const FORMATS = ['dossier'];
const CHUNK_BYTES = 64 * 1024;

/** Loads files; what is wrong in them is reported by file and line, and the rest is loaded. */
export const verb: Verb = {
  define: command =>
    writeOptions(
      command
        .argument('<format>', FORMATS.join(', '))
        .argument('[file...]', 'one or more files; what they name is looked up beside them')
        .option('--reason <text>', 'for every change that needs a reason and has none in the file'),
    ),
  examples: [
    'credence import dossier examples/back-channel/back-channel.dossier.yaml',
    'credence import dossier examples/back-channel/back-channel.dossier.yaml --dry-run --reason "read again"',
  ],
  run: async call => {
    const [format = ''] = call.args;
    if (!FORMATS.includes(format))
      throw new UsageError(`no format is called "${format}"; wanted ${FORMATS.join(', ')}`);
    if (call.rest.length === 0) throw new UsageError(`which file? credence import ${format} <file>`);
    for (const file of call.rest) reading(file, mustFit); // before anything is written, or a ledger made
    const ledger = await call.ledger('write');
    const answers: Imported[] = [];
    const interrupted = untilStopped(call.io);
    for (const file of call.rest) answers.push(await Promise.race([importFile(file, ledger, call), interrupted]));
    const doubtful = call.json || call.options['dryRun'] === true ? 0 : await doubtfulIn(ledger);
    const failed = answers.some(({ rejected, collided }) => rejected.length + collided.length > 0);
    return {
      body: answers.length === 1 ? answers[0] : answers,
      screen: screen =>
        answers
          .map((answer, i) =>
            importReport(call.rest[i] as string, answer, screen, i === answers.length - 1 ? doubtful : 0),
          )
          .join('\n\n'),
      exit: failed ? EXIT.refused : EXIT.done,
    };
  },
};

/** Ends in `Interrupted`, if somebody asks the process to stop. */
function untilStopped(io: Call['io']): Promise<never> {
  const interrupted = io.stopped().then(() => {
    overwrite(io, '');
    throw new Interrupted('stopped; what is recorded so far stays, and the same import again does the rest');
  });
  interrupted.catch(() => undefined); // it may come when nobody waits any more
  return interrupted;
}

/** How many quotations of the ledger are not found as they stand; at most a page of them is counted. */
async function doubtfulIn(ledger: Ledger): Promise<number> {
  const { items } = await ledger.passages({ state: 'moved,altered,ambiguous,lost', limit: '500' });
  return items.length;
}

/** Imports one dossier from a file, with the files that it names. @throws not-found - it cannot be read */
export async function importFile(
  file: string,
  ledger: Ledger,
  { io, actor, options }: Pick<Call, 'io' | 'actor' | 'options'>,
): Promise<Imported> {
  const { reason, dryRun } = options as { reason?: string; dryRun?: boolean };
  try {
    return await ledger.importDossier({
      file: basename(file),
      bytes: reading(file, wholeOf),
      readFile: async name => {
        const path = resolve(dirname(file), name);
        return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? createReadStream(path) : undefined;
      },
      actor,
      ...(reason === undefined ? {} : { reason }),
      ...(dryRun === true ? { dryRun } : {}),
      onProgress: (done, total) => {
        const far = done === total ? 'all there, waiting for the answer' : `${String(done)} of ${String(total)}`;
        overwrite(io, `${basename(file)}: ${far}`);
      },
    });
  } finally {
    overwrite(io, '');
  }
}

function reading<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof LedgerError) throw error;
    throw new LedgerError(
      'not-found',
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
}

const tooLarge = (file: string) =>
  new LedgerError(
    'too-large',
    `${file} has more than ${String(MAX_DOSSIER_BYTES)} bytes, which is the most that is read; divide it into several dossiers`,
  );

function mustFit(file: string): void {
  accessSync(file, constants.R_OK);
  const found = statSync(file);
  if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  if (found.size > MAX_DOSSIER_BYTES) throw tooLarge(file);
}

/** Of a file, or of a pipe, which may have no end. */
function wholeOf(file: string): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= MAX_DOSSIER_BYTES;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks, size);
      chunks.push(chunk.subarray(0, read));
      size += read;
    }
    throw tooLarge(file);
  } finally {
    closeSync(descriptor);
  }
}
