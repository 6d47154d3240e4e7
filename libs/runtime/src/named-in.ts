import type { TProperties, TSchema } from '@sinclair/typebox';
import type { Section } from '@credence/contracts';
import { onceFor } from '@credence/kernel';

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
  if (value === undefined || value === null) return;
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
  for (const [name, field] of fieldsWithPlaces(schema))
    if (name in value) yield* walk(field, value as Record<string, unknown>, name, `${pointer}/${name}`);
}

/** The fields in which anything can be named, found once: most name nothing, and neither do most commands that begin something. */
const fieldsWithPlaces = onceFor((schema: TSchema) =>
  Object.entries((schema.properties as TProperties | undefined) ?? {}).filter(([, field]) => hasPlaces(field)),
);

const hasPlaces = (schema: TSchema): boolean => 'x-ref' in schema || innerOf(schema).some(hasPlaces);

const innerOf = (schema: TSchema): readonly TSchema[] => [
  ...((schema.anyOf as TSchema[] | undefined) ?? []),
  ...(schema.items === undefined ? [] : [schema.items as TSchema]),
  ...Object.values((schema.properties as TProperties | undefined) ?? {}),
];
