import { shown, meant } from '@credence/contracts';
import type { Section } from '@credence/contracts';
import type { ImportProblem } from '../import-port.js';
import { checked } from './check.js';
import type { Wrong } from './check.js';
import type { DossierFile, Item } from './item.js';
import { pointerOf } from './pointer.js';
import type { Path, Place } from './pointer.js';
import { ALL_SECTIONS, ENTRY_SCHEMAS, headSchemas, setSchema } from './schema.js';
import { isRecord } from './schema-walk.js';
import type { BadMember } from './values.js';
import type { Schema } from './schema-walk.js';

/** An entry as written, shorthands written out. A hop of a chain is an entry of `assertions`. */
export interface Entry {
  readonly section: Section;
  readonly key: string;
  /** By field, without the key; references as they are written. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly schema: Schema;
  /** Where a field stands in the file; of `[]`, the entry. */
  place(path: Path): Place;
}

export const nameOf = ({ section, key }: { readonly section: string; readonly key: string }) => `${section}/${key}`;

/** What the file says of itself. */
export interface Head {
  readonly id: string;
  readonly reason: string | undefined;
}

/** Problems with their places, as they are found. */
export class Findings {
  readonly list: ImportProblem[] = [];
  constructor(private readonly file: string) {}

  add({ pointer, line }: Place, { code, detail, found, wanted }: Omit<Wrong, 'path'>): void {
    this.list.push({
      file: this.file,
      line,
      pointer,
      code,
      detail,
      ...(found === undefined ? {} : { found }),
      ...(wanted === undefined ? {} : { wanted }),
    });
  }
}

/** Checks a value at an item; everything wrong is added to the findings. */
export function readValue(item: Item, schema: Schema, findings: Findings): Record<string, unknown> | undefined {
  const bad: BadMember[] = [];
  const value = item.value(schema, bad);
  const { value: long, wrong } = checked(schema, value, path => item.source(path));
  const all = [...bad, ...wrong];
  for (const each of all) findings.add(item.place(each.path), each);
  return all.length === 0 && isRecord(long) ? long : undefined;
}

/** The head of a dossier, or undefined when the file is none; top members that it cannot have are reported. */
export function headOf({ members, twice }: DossierFile, findings: Findings): Head | undefined {
  const values: Record<string, unknown> = {};
  let sound = true;
  for (const [name, schema] of Object.entries(headSchemas)) {
    const member = members.find(m => m.name === name);
    if (member === undefined) continue;
    const { value, wrong } = checked(schema, member.item.value(schema, []));
    for (const each of wrong) findings.add(member.item.place(each.path), each);
    if (wrong.length === 0) values[name] = value;
    else sound = false;
  }
  for (const name of ['dossier', 'id'])
    if (!members.some(m => m.name === name)) {
      sound = false;
      findings.add(
        { pointer: `/${name}`, line: 1 },
        {
          code: 'required',
          detail: name === 'dossier' ? 'not a dossier: `dossier: 1` is missing' : 'a dossier needs an id',
          found: 'nothing',
          wanted: name === 'dossier' ? '1' : 'an id of a-z, 0-9 and -, at most 64 characters',
        },
      );
    }
  if (!sound) return undefined;
  const known = [...Object.keys(headSchemas), ...ALL_SECTIONS];
  for (const { name, item } of members)
    if (!known.includes(name))
      findings.add(
        { ...item.place([]), pointer: pointerOf([name]) },
        {
          code: 'unknown-field',
          detail: `unknown field "${name}"${meant(name, known)}`,
          found: shown(name),
          wanted: `one of ${known.join(', ')}`,
        },
      );
  for (const { name, place } of twice)
    findings.add(place, {
      code: 'duplicate-member',
      detail: `"${name}" stands twice; the first is read`,
      found: shown(name),
    });
  return { id: values['id'] as string, reason: values['reason'] as string | undefined };
}

/** The items of a section; a section that is no list is reported. */
export function itemsOfSection({ members }: DossierFile, section: string, findings: Findings): readonly Item[] {
  const member = members.find(m => m.name === section);
  if (member === undefined) return [];
  if (member.items !== undefined) return member.items;
  const value = member.item.value({}, []);
  if (value === null) return [];
  findings.add(
    { ...member.item.place([]), pointer: pointerOf([section]) },
    {
      code: 'wrong-type',
      detail: `${section}: found ${shown(value)}, wanted a list of entries`,
      found: shown(value),
      wanted: 'a list',
    },
  );
  return [];
}

/** Key of an entry that is otherwise wrong, so that what rests on it can be told so. */
export function keyOf(item: Item, section: Section): string | undefined {
  const value = item.value(ENTRY_SCHEMAS[section], []);
  return isRecord(value) && typeof value['key'] === 'string' ? value['key'] : undefined;
}

/** An entry of a section other than `chains`, or undefined when something is wrong with it. */
export function entryOf(item: Item, section: Section, findings: Findings): Entry | undefined {
  const schema = ENTRY_SCHEMAS[section];
  const read = readValue(item, schema, findings);
  if (read === undefined) return undefined;
  const { key, ...fields } = read;
  const entry: Entry = { section, key: key as string, fields, schema, place: path => item.place(path) };
  return section === 'changes' ? changeOf(entry, item, findings) : entry;
}

/** A change says by its kind and target what its `set` may hold. */
function changeOf(entry: Entry, item: Item, findings: Findings): Entry | undefined {
  const { kind, target, set, by, assertedAt } = entry.fields as Record<string, string> & { set?: unknown };
  const section = (target as string).slice(0, (target as string).indexOf('/'));
  const wrong = (path: Path, detail: string, code = 'required', found = 'nothing', wanted?: string): undefined => {
    findings.add(item.place(path), { code, detail, found, ...(wanted === undefined ? {} : { wanted }) });
    return undefined;
  };
  const lifts = kind === 'reinstate';
  if (lifts ? section !== 'changes' && section !== 'links' : setSchemaTargets(kind as string, section))
    return wrong(
      ['target'],
      lifts
        ? `reinstate lifts a retraction: its target is changes/<key>, found ${shown(target)}`
        : `${String(kind)} does not apply to ${section}`,
      'unknown-value',
      shown(target),
      lifts ? 'changes/<key>' : 'another kind, or another target',
    );
  if (kind === 'retract' && by === undefined)
    return wrong(['by'], 'by is missing: who withdraws', 'required', 'nothing', 'one of speaker, publisher, ledger');
  if (kind === 'revise' && section === 'assertions' && assertedAt === undefined)
    return wrong(
      ['assertedAt'],
      'a revision needs the date of what the source says now',
      'required',
      'nothing',
      'a date',
    );
  const wanted = setSchema(kind as string, section);
  if (wanted === undefined)
    return set === undefined ? entry : wrong(['set'], `${String(kind)} sets nothing`, 'unknown-field', 'set', 'no set');
  if (set === undefined)
    return wrong(['set'], `${String(kind)} needs set: { field: value }`, 'required', 'nothing', 'set');
  const schema: Schema = { ...entry.schema, properties: { ...entry.schema.properties, set: wanted } };
  const read = readValue(item, schema, findings);
  if (read === undefined) return undefined;
  const { key: _, ...fields } = read;
  return { ...entry, fields, schema };
}

const setSchemaTargets = (kind: string, section: string): boolean =>
  kind === 'retract' || kind === 'confirm'
    ? !(kind === 'retract' ? ['sources', 'claims', 'assertions'] : ['claims']).includes(section)
    : setSchema(kind, section) === undefined;
