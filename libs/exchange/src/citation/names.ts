import type { CslName } from './csl.js';

const particles = (name: CslName) =>
  [name['dropping-particle'], name['non-dropping-particle']].filter(part => part !== undefined && part !== '');

/** "Ann B. Example Jr." A name that was entered whole stays whole: nobody guesses which part is the family's. */
export function inOrder(name: CslName): string {
  if (name.literal !== undefined) return name.literal;
  return [name.given, ...particles(name), name.family, name.suffix].filter(part => part !== undefined).join(' ');
}

/** "Example, A. B., Jr."; "Example, J.-P." */
export function inverted(name: CslName): string {
  if (name.literal !== undefined) return name.literal;
  const family = [name['non-dropping-particle'], name.family].filter(part => part !== undefined).join(' ');
  const given = [initials(name.given), name['dropping-particle']].filter(part => part !== undefined && part !== '');
  return [family, given.join(' '), name.suffix].filter(part => part !== undefined && part !== '').join(', ');
}

/** "A. B. Example" */
export function initialsFirst(name: CslName): string {
  if (name.literal !== undefined) return name.literal;
  return [initials(name.given), ...particles(name), name.family]
    .filter(part => part !== undefined && part !== '')
    .join(' ');
}

function initials(given = ''): string {
  return given
    .split(/\s+/)
    .filter(part => part !== '')
    .map(part =>
      part
        .split('-')
        .map(piece => `${[...piece][0] ?? ''}.`)
        .join('-'),
    )
    .join(' ');
}

/** CMOS 14.76: two and three names in full, of four or more the first and "et al." */
export function chicagoNames(names: readonly CslName[]): string {
  const all = names.map(inOrder);
  if (all.length >= 4) return `${String(all[0])} et al.`;
  if (all.length === 3) return `${String(all[0])}, ${String(all[1])}, and ${String(all[2])}`;
  return all.join(' and ');
}

/** APA 7, 9.8: up to twenty names; of more the first nineteen, an ellipsis and the last. */
export function apaNames(names: readonly CslName[]): string {
  const all = names.map(inverted);
  if (all.length > 20) return `${all.slice(0, 19).join(', ')}, . . . ${String(all.at(-1))}`;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')}, & ${String(all.at(-1))}`;
}

/** Editors of a book in APA: "A. B. One, C. Two, & D. Three (Eds.)" */
export function apaEditors(names: readonly CslName[]): string {
  const all = names.map(initialsFirst);
  const list = all.length < 3 ? all.join(' & ') : `${all.slice(0, -1).join(', ')}, & ${String(all.at(-1))}`;
  return `${list} (${all.length === 1 ? 'Ed.' : 'Eds.'})`;
}
