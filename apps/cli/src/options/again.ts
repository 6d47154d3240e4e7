import type { Call } from '../verb.js';
import { kebab } from './common.js';

type Asked = Pick<Call, 'name' | 'args' | 'options' | 'io'>;

/** The line that a screen ends with where the list goes on: the same command line, one page further. */
export function nextPage(call: Asked, next: string | null, instead: Readonly<Record<string, string>> = {}): string[] {
  if (next === null) return [];
  return [`more: ${again({ ...call, options: { ...call.options, ...instead, cursor: next } })}`];
}

/** A command line that can be typed: what was asked with options is asked with them again, the ledger among them. */
export function again({ name, args, options, io }: Asked): string {
  const given = Object.entries(options).filter((option): option is [string, string] => typeof option[1] === 'string');
  const said = given.filter(([option, value]) => option !== 'ledger' || value !== io.env['CREDENCE_LEDGER']);
  return [
    'credence',
    name,
    ...args.filter(arg => arg !== undefined).map(quoted),
    ...said.flatMap(([option, value]) => [`--${kebab(option)}`, quoted(value)]),
  ].join(' ');
}

/** As a POSIX shell reads it back. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
