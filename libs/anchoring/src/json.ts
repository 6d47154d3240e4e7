export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

export const isRecord = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON-LD: one value stands for a list of it, none for an empty one. */
export const asList = (value: Json): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value];
