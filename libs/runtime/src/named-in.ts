import type { TProperties, TSchema } from '@sinclair/typebox';
import type { Section } from '@credence/contracts';

/** A place in a command's data that names a thing. */
export interface NamedPlace {
  readonly section: Section;
  readonly reference: string;
  /** RFC 6901, into the flat body. */
  readonly pointer: string;
  /** The object that holds it, and under which name or index: where the id is to stand. */
  readonly holder: Record<string | number, unknown>;
  readonly member: string | number;
}

/** Every reference in `value`, by the annotations of its schema. */
export function* namedIn(schema: TSchema, value: unknown): Generator<NamedPlace> {
  const root: Record<string, unknown> = { value };
  yield* walk(schema, root, 'value', '');
}

function* walk(
  schema: TSchema,
  holder: Record<string | number, unknown>,
  member: string | number,
  pointer: string,
): Generator<NamedPlace> {
  const value = holder[member];
  if (value === undefined || value === null || !hasPlaces(schema)) return;
  const section = schema['x-ref'] as Section | undefined;
  if (section !== undefined) {
    if (typeof value === 'string') yield { section, reference: value, pointer, holder, member };
    return;
  }
  for (const branch of (schema.anyOf as TSchema[] | undefined) ?? []) yield* walk(branch, holder, member, pointer);
  if (Array.isArray(value)) {
    const items = schema.items as TSchema | undefined;
    if (items !== undefined)
      for (let i = 0; i < value.length; i++)
        yield* walk(items, value as unknown as Record<number, unknown>, i, `${pointer}/${String(i)}`);
    return;
  }
  if (typeof value !== 'object') return;
  for (const [name, field] of Object.entries((schema.properties as TProperties | undefined) ?? {}))
    yield* walk(field, value as Record<string, unknown>, name, `${pointer}/${name}`);
}

const knownToHave = new WeakMap<TSchema, boolean>();

/** Whether anything can be named in what the schema allows: most fields, and most commands that begin something, name nothing. */
function hasPlaces(schema: TSchema): boolean {
  let has = knownToHave.get(schema);
  if (has === undefined) knownToHave.set(schema, (has = 'x-ref' in schema || innerOf(schema).some(hasPlaces)));
  return has;
}

const innerOf = (schema: TSchema): readonly TSchema[] => [
  ...((schema.anyOf as TSchema[] | undefined) ?? []),
  ...(schema.items === undefined ? [] : [schema.items as TSchema]),
  ...Object.values((schema.properties as TProperties | undefined) ?? {}),
];
