import type { Command } from 'commander';
import type { Refusal } from '@credence/contracts';
import type { CommandDefinition } from '@credence/claims';
import type { Ledger, ReadParameters } from '@credence/runtime';
import type { Io } from './io.js';
import type { GivenField } from './options/body.js';
import type { Screen } from './screen/screen.js';

/** One invocation of a verb. */
export interface Call {
  readonly io: Io;
  /** Of the verb: `source list`. */
  readonly name: string;
  /** Positional arguments as given. */
  readonly args: readonly (string | undefined)[];
  /** Positional arguments of a verb that takes any number of them. */
  readonly rest: readonly string[];
  /** Options by their names in camel case. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Fields of the body, as given. */
  readonly fields: readonly GivenField[];
  readonly json: boolean;
  readonly url: string;
  readonly actor: string;
  /** `--data` and `--captures`, or what the environment says. */
  readonly node: { readonly data?: string; readonly captures?: string };
  /** `--as-of` and its like. */
  readonly pins: ReadParameters;
  /** Opens the ledger, once; it is closed when the verb is done. A read opens none that does not exist. */
  ledger(to: 'read' | 'write'): Promise<Ledger>;
  /** Carries out another command line, as if it had been typed. @returns its exit code */
  also(argv: readonly string[], io: Io): Promise<number>;
}

/** What a verb answers: one body for programs, a screen for people. */
export interface Answer {
  /** Exactly the body of the matching route. */
  readonly body: unknown;
  screen(screen: Screen): string;
  /** 0 unless given. */
  readonly exit?: number;
}

/** One verb of the command line. */
export interface Verb {
  /** Positional arguments and options. */
  define(command: Command): void;
  /** The commands that it may send: every field of their bodies is an option. */
  readonly commands?: readonly CommandDefinition[];
  /** Shown under `--help`. */
  readonly examples: readonly string[];
  /** @returns undefined: the verb has said by itself what there was to say */
  run(call: Call): Promise<Answer | Refusal | undefined>;
}
