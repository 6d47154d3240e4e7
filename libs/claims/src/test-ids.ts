/** An id that a reader of a test recognises: `name` (letters a to z, digits 2 to 7), filled up. */
export const id = (name: string): string => name.padEnd(26, 'a');

export const sha256 = 'c'.repeat(64);
