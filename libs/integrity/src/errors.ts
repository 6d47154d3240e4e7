/** Error with a stable `code`: match on that, not on the class, which another copy of this room would not share. */
export function coded(code: string, message: string): Error & { code: string } {
  return Object.assign(new Error(message), { code });
}
