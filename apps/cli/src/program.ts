import { Command } from 'commander';
import type { CommandDefinition } from '@credence/claims';
import type { Io } from './io.js';
import type { GivenField } from './options/body.js';
import type { Verb } from './verb.js';
import { VERBS } from './verbs/index.js';
import type { Found } from './verbs/index.js';

/** A command line, parsed. */
export interface Parsed {
  readonly command: Command;
  readonly fields: readonly GivenField[];
}

/** @throws CommanderError - bad usage, said on standard error already; or help was asked for, and given */
export async function parse({ name, listed, args }: Found, verb: Verb, io: Io): Promise<Parsed> {
  const fields: GivenField[] = [];
  const command = new Command(`credence ${name}`)
    .description(sentence(listed.about))
    .exitOverride()
    .allowExcessArguments(false)
    .showHelpAfterError(`credence ${name} --help shows how`)
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => {
        write(text.replace(/^error: /, `credence ${name}: `));
      },
      getOutHelpWidth: () => io.columns ?? 100,
    })
    .addHelpText('after', `\nFor example:\n${verb.examples.map(example => `  ${example}`).join('\n')}\n`);
  verb.define(command);
  command.parse(verb.commands === undefined ? args : await withBody(command, args, verb.commands, fields), {
    from: 'user',
  });
  return { command, fields };
}

/** Loaded for a verb that sends one: whoever reads waits for no schemas. */
async function withBody(
  command: Command,
  args: readonly string[],
  definitions: readonly CommandDefinition[],
  fields: GivenField[],
): Promise<readonly string[]> {
  const { bodyOptions, withOpenMembers } = await import('./options/body.js');
  bodyOptions(command, definitions, fields);
  return withOpenMembers(args, definitions);
}

const sentence = (about: string) => `${about.charAt(0).toUpperCase()}${about.slice(1)}.`;

/** What `credence` and `credence --help` print. */
export function helpPage(): string {
  const names = Object.keys(VERBS);
  const width = Math.max(...names.map(name => name.length)) + 2;
  return [
    'Credence: who said what, on the strength of which source, and when.',
    '',
    'Usage: credence <verb> [options]',
    '',
    ...Object.entries(VERBS).map(([name, { about }]) => `  ${name.padEnd(width)}${about}`),
    '',
    'credence <verb> --help shows what a verb takes, with an example; credence --version, which release this is.',
    'A ledger is a folder (--ledger sqlite:./credence-data, the default) or a server (--ledger http://127.0.0.1:3000);',
    'CREDENCE_LEDGER and CREDENCE_ACTOR say it once for all verbs. Every verb that answers something takes --json.',
    'Exit: 0 done; 1 refused, or found wrong; 2 bad usage; 3 no ledger there, or no server; 130 stopped by Ctrl-C.',
    '',
  ].join('\n');
}
