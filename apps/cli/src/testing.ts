import { openLedger } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import type { Io } from './io.js';
import { run } from './run.js';

/** What a command line came to. */
export interface Typed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line that adds a person of grade C. */
export const ADD_A_PERSON = [
  ...['source', 'add', 'Nora Winter', '--kind', 'person'],
  ...['--grade', 'C', '--grade-reason', 'x'],
];

export interface Terminal {
  readonly ledger: Ledger;
  /** Types a command line. */
  type(...argv: readonly string[]): Promise<Typed>;
  /** Types one that shall succeed, with `--json`. @returns the document */
  json<T = Record<string, unknown>>(...argv: readonly string[]): Promise<T>;
  close(): Promise<void>;
}

const AT_EIGHT = () => Date.UTC(2026, 10, 24, 8);

/** A command line over one ledger in memory, whose clock stands still unless one is given. No terminal: 100 columns, no colours. */
export async function terminal(
  options: Partial<Pick<Io, 'columns' | 'env' | 'watched'>> = {},
  clock: () => number = AT_EIGHT,
): Promise<Terminal> {
  const ledger = await openLedger({ url: 'memory:', actor: 'anna', clock });
  const kept: Ledger = { ...ledger, close: async () => undefined };
  const type = async (...argv: readonly string[]): Promise<Typed> => {
    const said = { out: '', err: '' };
    const io: Io = {
      env: options.env ?? {},
      out: text => void (said.out += text),
      err: text => void (said.err += text),
      columns: options.columns,
      watched: options.watched ?? false,
      loginName: () => 'anna',
      stopped: () => new Promise(() => undefined),
    };
    const code = await run(argv, io, async () => kept);
    return { code, ...said };
  };
  return {
    ledger,
    type,
    json: async <T>(...argv: readonly string[]) => {
      const { code, out, err } = await type(...argv, '--json');
      if (code !== 0) throw new Error(`credence ${argv.join(' ')} ended with ${String(code)}: ${out}${err}`);
      return JSON.parse(out) as T;
    },
    close: () => ledger.close(),
  };
}
