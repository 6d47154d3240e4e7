import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The command line as built. `npm run check` builds before it tests. */
export const BUILT = resolve('scripts', 'credence.mjs');

/** @throws where nothing is built */
export function mustBeBuilt(): void {
  if (!existsSync(BUILT)) throw new Error(`${BUILT} is not there: run npm run build first`);
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Process {
  readonly child: ChildProcess;
  /** Resolves when standard output holds a match. @throws when it ends without one */
  saw(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: this Node. */
  readonly command?: string;
}

/** Starts a program; of the environment it has what it is given, and what Node needs. */
export function start(
  program: readonly string[],
  { cwd, env = {}, command = process.execPath }: Surroundings = {},
): Process {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, program, {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said.err += text));
  const ended = new Promise<Ended>(done =>
    child.on('close', code => {
      done({ code, ...said });
    }),
  );
  const saw = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = () => {
        const match = pattern.exec(said.out);
        if (match !== null) found(match);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(({ code, out, err }) => {
        failed(new Error(`ended with ${String(code)} before ${String(pattern)}:\n${out}${err}`));
      });
    });
  return { child, saw, ended };
}

/** One command line, to its end. */
export const credence = (argv: readonly string[], surroundings?: Surroundings): Promise<Ended> =>
  start([BUILT, ...argv], surroundings).ended;

/** A folder that is gone when the tests are. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'credence-e2e-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
