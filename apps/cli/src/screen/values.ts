/** A value of a field on one line: a date as it was written, a hash by its beginning. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 12)}…` : value;
  const { edtf } = (value ?? {}) as { edtf?: unknown };
  return typeof edtf === 'string' ? edtf : JSON.stringify(value);
}
