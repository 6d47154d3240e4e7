/** A member of the value at a JSON pointer (RFC 6901, section 3); '' is the whole. */
export const pointerTo = (at: string, member: string): string =>
  `${at}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
