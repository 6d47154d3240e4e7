import type { TProperties, TSchema } from '@sinclair/typebox';
import type { CommandDefinition } from '@credence/claims';

/** A field that the body of a command may have: its schemas in data and in words, as far as either speaks of it. */
export interface Field {
  /** Member names as the command line has them: of a change, the members of `set` stand for themselves. */
  readonly path: readonly string[];
  /** Member names from the body down. */
  readonly at: readonly string[];
  readonly schemas: readonly TSchema[];
}

/** Where a change's own date would have the name of a date that it sets. */
const CHANGE = 'change';

/** Every field of a command's body, members of objects too. */
export function fieldsOf({ data, words }: CommandDefinition): Field[] {
  const body = membersOf([data, words]);
  const set = body.get('set');
  const inSet = set === undefined ? new Map<string, readonly TSchema[]>() : membersOf(set);
  const own = [...body].filter(([name]) => name !== 'set');
  return [
    ...[...inSet].flatMap(([name, schemas]) => withMembers({ path: [name], at: ['set', name], schemas })),
    ...own.flatMap(([name, schemas]) =>
      withMembers({ path: inSet.has(name) ? [CHANGE, name] : [name], at: [name], schemas }),
    ),
  ];
}

/** The fields that a change may clear. */
export const clearable = (definition: CommandDefinition): string[] =>
  fieldsOf(definition).flatMap(({ path, schemas }) =>
    path.length === 1 && schemas.flatMap(branches).some(schema => schema.type === 'null') ? [path[0] as string] : [],
  );

function withMembers(field: Field): Field[] {
  const members = [...membersOf(field.schemas)].map(([name, schemas]) => ({
    path: [...field.path, name],
    at: [...field.at, name],
    schemas,
  }));
  return [field, ...members];
}

function membersOf(schemas: readonly TSchema[]): Map<string, readonly TSchema[]> {
  const members = new Map<string, readonly TSchema[]>();
  for (const branch of schemas.flatMap(branches))
    for (const [name, schema] of Object.entries((branch.properties as TProperties | undefined) ?? {}))
      members.set(name, [...(members.get(name) ?? []), schema]);
  return members;
}

export const branches = (schema: TSchema): readonly TSchema[] =>
  schema.anyOf === undefined ? [schema] : (schema.anyOf as TSchema[]).flatMap(branches);

/** A record whose members nobody can list beforehand. */
export const isOpen = (schema: TSchema): boolean => schema.patternProperties !== undefined;
