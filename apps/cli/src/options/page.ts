/** Which page of a list was asked for. */
export function pageOf(options: Readonly<Record<string, unknown>>): {
  readonly limit?: string;
  readonly cursor?: string;
} {
  const { limit, cursor } = options as { limit?: string; cursor?: string };
  return { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
}
