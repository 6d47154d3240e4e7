/** A decimal string of at most six places in millionths: exact. */
export function micro(fraction: string): number {
  const [whole = '', places = ''] = fraction.split('.');
  return Number(whole) * 1_000_000 + Number(places.padEnd(6, '0'));
}
