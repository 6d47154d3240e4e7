import { Option } from 'commander';
import type { Command } from 'commander';

/** What every verb that opens a ledger takes. */
export function ledgerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--ledger <url>', 'sqlite:<folder>, kurrentdb://…, or http://… of a server')
        .env('CREDENCE_LEDGER')
        .default(undefined, 'sqlite:./credence-data'),
    )
    .option('--json', 'print the body of the matching route, one JSON document');
}

/** What a node on a cluster keeps, and where. */
export function nodeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--data <folder>', 'with kurrentdb://: what this node can rebuild (default ./credence-node)').env(
        'CREDENCE_DATA',
      ),
    )
    .addOption(
      new Option('--captures <folder>', 'with kurrentdb://: the captures, which all nodes share').env(
        'CREDENCE_CAPTURES',
      ),
    );
}

/** The pins of the three axes of time. */
export const readOptions = (command: Command): Command => pinOptions(ledgerOptions(command));

export function pinOptions(command: Command): Command {
  return command
    .option(
      '--as-of <moment>',
      'as it was recorded then: @<seq>, a date, an instant with its zone, or a token; also yesterday, 36h, 7d',
    )
    .option('--public-by <date>', 'what anyone could have known by the end of that year, month or day')
    .option('--certainty <certain|possible>', 'with --public-by: what was public for certain (default), or possibly')
    .option('--holds-at <day>', 'whether the claim holds on that day');
}

/** Two moments. `without`: what `--from` is unless given. */
export function spanOptions(command: Command, without?: string): Command {
  const from = `the earlier moment, as --as-of takes it${without === undefined ? '' : ` (default: ${without})`}`;
  return command.option('--from <moment>', from).option('--to <moment>', 'the later moment (default: now)');
}

export function pageOptions(command: Command): Command {
  return command
    .option('--limit <n>', 'how many at a time, 1 to 500 (default 50)')
    .option('--cursor <cursor>', 'the next page, as the page before it says');
}

export function writeOptions(command: Command): Command {
  return ledgerOptions(command)
    .addOption(new Option('--actor <handle>', 'who makes this change (default: your login name)').env('CREDENCE_ACTOR'))
    .option('--idempotency-key <key>', 'sent twice, the same change is made once')
    .option('--dry-run', 'say what would be recorded, and record nothing');
}

/** A login name as an actor: 1 to 128 visible ASCII characters. */
export function actorFrom(login: string): string {
  const fit = login
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x21-\x7e]+/g, '-')
    .slice(0, 128);
  return fit === '' ? 'somebody' : fit;
}

/** `describedAs` as `described-as`; the name of a grade stays as it is. */
export const kebab = (name: string): string => name.replace(/(?<!^)[A-Z]/g, c => `-${c.toLowerCase()}`);
export const camel = (name: string): string => name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());

/** Header lines of the HTTP door, by the options that become them. */
const HEADERS: Readonly<Record<string, string>> = { 'Credence-Actor': 'actor', 'Idempotency-Key': 'idempotency-key' };

/** How the command line calls what a problem points at: `/set/stanceReason` is `--stance-reason`, `asOf` is `--as-of`. */
export function optionAt(pointer: string): string {
  if (pointer === '') return '';
  if (Object.hasOwn(HEADERS, pointer)) return `--${HEADERS[pointer] as string}`;
  const members = pointer.split('/').filter(member => member !== '' && member !== 'set');
  const [numbers, names] = [members.filter(m => /^\d+$/.test(m)), members.filter(m => !/^\d+$/.test(m))];
  const nth = numbers[0] === undefined ? '' : ` (no. ${String(Number(numbers[0]) + 1)})`;
  return `--${names.map(kebab).join('.')}${nth}`;
}
