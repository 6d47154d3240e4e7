/** A JSON Schema as the importer walks it; the keywords that the contracts use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  /** A reference to a thing of this section. */
  readonly 'x-ref'?: string;
  /** The member that a bare string stands for. */
  readonly 'x-short'?: string;
  readonly [keyword: string]: unknown;
}

export const branches = (schema: Schema): readonly Schema[] =>
  schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(branches);

export const takes = (schema: Schema, type: string): boolean =>
  branches(schema).some(b => b.type === type || (Array.isArray(b.type) && b.type.includes(type)));

/** Of a union, the branch whose members fit the value's best. */
export function objectBranch(schema: Schema, value: Readonly<Record<string, unknown>>): Schema | undefined {
  const fit = (branch: Schema) => Object.keys(value).filter(name => own(branch.properties, name) !== undefined).length;
  return branches(schema)
    .filter(branch => branch.properties !== undefined)
    .sort((a, b) => fit(b) - fit(a))[0];
}

export const itemsOf = (schema: Schema): Schema | undefined =>
  branches(schema).find(branch => branch.items !== undefined)?.items;

export const shortOf = (schema: Schema): string | undefined =>
  branches(schema).find(branch => branch['x-short'] !== undefined)?.['x-short'];

/** A mapping may have a member called `constructor`: only what a schema names itself counts. */
export const own = <T>(members: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema of what stands at `path` below a value of `schema`. */
export function schemaAt(schema: Schema, path: readonly string[], value: unknown): Schema | undefined {
  const [member, ...rest] = path;
  if (member === undefined) return schema;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return items === undefined ? undefined : schemaAt(items, rest, value[Number(member)]);
  }
  if (!isRecord(value)) return undefined;
  const field = own(objectBranch(schema, value)?.properties, member);
  return field === undefined ? undefined : schemaAt(field, rest, own(value, member));
}

/** Every string in `value` that names another thing, by the schema; `set` puts another in its place. */
export function* referencesIn(
  schema: Schema,
  value: unknown,
  path: readonly string[] = [],
): Generator<{
  section: string;
  reference: string;
  path: readonly string[];
  holder: Record<string, unknown>;
  member: string;
}> {
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    if (items === undefined) return;
    const list = value as unknown as Record<string, unknown>;
    for (const [i, item] of value.entries()) {
      const at = [...path, String(i)];
      const section = branches(items).find(b => b['x-ref'] !== undefined)?.['x-ref'];
      if (section !== undefined && typeof item === 'string')
        yield { section, reference: item, path: at, holder: list, member: String(i) };
      else yield* referencesIn(items, item, at);
    }
    return;
  }
  if (!isRecord(value)) return;
  const properties = objectBranch(schema, value)?.properties;
  for (const [member, inner] of Object.entries(value)) {
    const field = own(properties, member);
    if (field === undefined) continue;
    const at = [...path, member];
    const section = branches(field).find(b => b['x-ref'] !== undefined)?.['x-ref'];
    if (section !== undefined && typeof inner === 'string')
      yield { section, reference: inner, path: at, holder: value, member };
    else yield* referencesIn(field, inner, at);
  }
}
