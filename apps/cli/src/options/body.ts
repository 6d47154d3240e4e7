import { Option } from 'commander';
import type { Command } from 'commander';
import type { TSchema } from '@sinclair/typebox';
import { split } from '@credence/claims';
import type { CommandDefinition, Parts } from '@credence/claims';
import { refuse } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import { instantMs } from '@credence/time';
import { UsageError } from '../usage-error.js';
import { camel, kebab } from './common.js';
import { branches, clearable, fieldsOf, isOpen } from './fields.js';
import type { Field } from './fields.js';

/** A field of a body as the command line gave it. */
export interface GivenField {
  readonly path: readonly string[];
  /** null: cleared. */
  readonly raw: string | boolean | null;
}

/**
 * Adds an option for every field that the bodies of these commands may have: in kebab-case, members dotted, lists
 * repeatable. What is given is collected in `given`; what it means is settled when the command is.
 */
export function bodyOptions(command: Command, definitions: readonly CommandDefinition[], given: GivenField[]): void {
  const fields = new Map(definitions.flatMap(fieldsOf).map(field => [flagOf(field.path), field]));
  for (const [flag, { path, schemas }] of fields) addOption(command, flag, path, schemas.flatMap(branches), given);
  const cleared = [...new Set(definitions.flatMap(clearable))];
  if (cleared.length > 0)
    command.addOption(
      new Option('--clear <field>', `take a field out: ${cleared.map(kebab).join(', ')}; repeatable`).argParser(
        name => {
          given.push({ path: [camel(name)], raw: null });
        },
      ),
    );
}

const flagOf = (path: readonly string[]) => path.map(kebab).join('.');

function addOption(
  command: Command,
  flag: string,
  path: readonly string[],
  all: readonly TSchema[],
  given: GivenField[],
): void {
  if (all.some(schema => schema.type === 'boolean')) {
    command.option(`--${flag}`, 'yes').option(`--no-${flag}`, 'no');
    command.on(`option:${flag}`, () => given.push({ path, raw: true }));
    command.on(`option:no-${flag}`, () => given.push({ path, raw: false }));
    return;
  }
  const open = all.some(isOpen);
  command.addOption(
    new Option(`--${flag} <${open ? 'member=value' : placeholder(all)}>`, about(all)).argParser(raw => {
      const member = open && !raw.startsWith('{') ? /^([^=]+)=(.*)$/s.exec(raw) : null;
      given.push(member === null ? { path, raw } : { path: [...path, member[1] as string], raw: member[2] as string });
    }),
  );
}

function placeholder(all: readonly TSchema[]): string {
  if (all.some(schema => schema['x-ref'] !== undefined)) return 'reference';
  if (all.some(schema => schema['x-short'] === 'edtf')) return 'date';
  if (all.some(schema => schema.type === 'array')) return placeholder(itemsOf(all));
  if (all.some(schema => schema.enum !== undefined)) return 'word';
  if (all.some(schema => schema.type === 'integer')) return 'number';
  return all.every(schema => schema.type === 'object') ? 'json' : 'text';
}

function about(all: readonly TSchema[]): string {
  const list = all.some(schema => schema.type === 'array');
  const of = list ? itemsOf(all) : all;
  const words = of.flatMap(schema => (schema.enum as string[] | undefined) ?? []);
  const sections = of.flatMap(schema => (schema['x-ref'] as string | undefined) ?? []);
  const dated = of.some(schema => schema['x-short'] === 'edtf');
  const short = of.some(schema => schema['x-short'] === 'assertion');
  return [
    ...(words.length > 0 ? [words.join(', ')] : []),
    ...(sections.length > 0 ? [`one of the ${[...new Set(sections)].join(' or ')}`] : []),
    ...(dated ? ['an EDTF date, or unknown'] : []),
    ...(short ? ['an assertion of the claim, or JSON'] : []),
    ...(of.some(isOpen) ? ['as --<this>.<member> <value> too, or JSON'] : []),
    ...(list ? ['repeatable'] : []),
  ].join('; ');
}

const itemsOf = (all: readonly TSchema[]) =>
  all.flatMap(schema => (schema.items === undefined ? [] : branches(schema.items as TSchema)));

/** `--cite.title X` as `--cite title=X`, for the fields whose members nobody can list beforehand. */
export function withOpenMembers(args: readonly string[], definitions: readonly CommandDefinition[]): string[] {
  const open = definitions
    .flatMap(fieldsOf)
    .filter(({ schemas }) => schemas.flatMap(branches).some(isOpen))
    .map(({ path }) => flagOf(path));
  const out: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--') return [...out, ...args.slice(i)];
    const [, flag = '', member = '', , value] = /^--([a-z-]+)\.([^=]+)(=(.*))?$/s.exec(arg) ?? [];
    if (!open.includes(flag)) out.push(arg);
    else if (value !== undefined) out.push(`--${flag}`, `${member}=${value}`);
    else if (args[i + 1] === undefined) out.push(arg);
    else out.push(`--${flag}`, `${member}=${args[++i] as string}`);
  }
  return out;
}

/**
 * The parts of a command from what the command line gave: numbers and lists by the schemas.
 *
 * @throws UsageError - an option that this command has no field for
 */
export function partsOf(definition: CommandDefinition, given: readonly GivenField[]): Parts | Refusal {
  const fields = fieldsOf(definition);
  const body: Record<string, unknown> = fields.some(({ at }) => at[0] === 'set') ? { set: {} } : {};
  for (const { path, raw } of given) {
    const field = fieldAt(path, fields);
    if (field === undefined) throw new UsageError(`${definition.name} has no field for --${flagOf(path)}`);
    if (typeof raw === 'string' && isDated(field, fields) && instantMs(raw) === 'no-zone')
      return withoutZone(field, raw);
    put(body, field.at, raw, field.schemas.flatMap(branches), fields);
    if (isDeep(body)) return tooDeep(field);
  }
  const parts = split(body, definition);
  return 'data' in parts ? parts : refuse('invalid-body', parts.map(item => item.detail).join('; '), parts);
}

/** As the server has it. */
const MAX_DEPTH = 32;

/** Whether something is nested deeper than any body; level by level, for what is nested without end ends the stack. */
function isDeep(body: object): boolean {
  let level: readonly unknown[] = [body];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

function tooDeep({ path, at }: Field): Refusal {
  const detail = `nested deeper than ${String(MAX_DEPTH)} levels`;
  return refuse('invalid-body', `--${flagOf(path)}: ${detail}`, [
    { pointer: `/${at.join('/')}`, code: 'too-deep', detail },
  ]);
}

const isEdtf = (schema: TSchema) => schema['x-short'] === 'edtf';

/** A date, or the member of one that is written in EDTF. */
const isDated = ({ at, schemas }: Field, fields: readonly Field[]): boolean =>
  schemas.flatMap(branches).some(isEdtf) ||
  (at.at(-1) === 'edtf' &&
    fields.some(f => f.schemas.flatMap(branches).some(isEdtf) && f.at.join() === at.slice(0, -1).join()));

/** Who types an instant can say where it was: it would be kept as written, and count as undated. */
function withoutZone({ path, at }: Field, raw: string): Refusal {
  const detail = `${raw} has no zone, so no day: write ${raw}Z, or the day alone`;
  return refuse('invalid-body', `--${flagOf(path)}: ${detail}`, [
    { pointer: `/${at.join('/')}`, code: 'no-zone', detail },
  ]);
}

/** The field, or the record that the member belongs to. */
function fieldAt(path: readonly string[], fields: readonly Field[]): Field | undefined {
  const named = fields.find(field => field.path.join('.') === path.join('.'));
  if (named !== undefined) return named;
  const record = fields.find(field => field.path.join('.') === path.slice(0, -1).join('.'));
  return record === undefined || !record.schemas.flatMap(branches).some(isOpen)
    ? undefined
    : { path, at: [...record.at, path.at(-1) as string], schemas: [{ 'x-member': true } as unknown as TSchema] };
}

function put(
  body: Record<string, unknown>,
  at: readonly string[],
  raw: string | boolean | null,
  all: readonly TSchema[],
  fields: readonly Field[],
): void {
  let holder = body;
  for (let depth = 1; depth < at.length; depth++) {
    const name = at[depth - 1] as string;
    const before = holder[name];
    // `--asserted-at 2019 --asserted-at.said "last year"`: the shorthand is written out when a member joins it
    if (typeof before === 'string') holder[name] = { [shorthandOf(at.slice(0, depth), fields)]: before };
    else if (typeof before !== 'object' || before === null) holder[name] = {};
    holder = holder[name] as Record<string, unknown>;
  }
  const name = at.at(-1) as string;
  if (raw !== null && all.some(schema => schema.type === 'array')) {
    const before = (holder[name] as unknown[] | undefined) ?? [];
    holder[name] = [...before, ...listItems(raw, itemsOf(all))];
  } else {
    const value = valueOf(raw, all);
    const before = holder[name];
    holder[name] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
  }
}

function shorthandOf(at: readonly string[], fields: readonly Field[]): string {
  const field = fields.find(f => f.at.join('.') === at.join('.'));
  const short = field?.schemas.flatMap(branches).find(schema => schema['x-short'] !== undefined)?.['x-short'] as
    string | undefined;
  return short ?? 'value';
}

function listItems(raw: string | boolean, items: readonly TSchema[]): unknown[] {
  const list = typeof raw === 'string' && raw.startsWith('[') ? fromJson(raw) : undefined;
  return Array.isArray(list) ? (list as unknown[]) : [valueOf(raw, items)];
}

function valueOf(raw: string | boolean | null, all: readonly TSchema[]): unknown {
  if (typeof raw !== 'string') return raw;
  const member = all.some(schema => schema['x-member'] === true);
  if (raw.startsWith('{') || (member && raw.startsWith('['))) return fromJson(raw) ?? raw;
  const numeric = all.some(schema => schema.type === 'integer' || schema.type === 'number');
  return numeric && /^-?\d{1,15}(\.\d+)?$/.test(raw) ? Number(raw) : raw;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
