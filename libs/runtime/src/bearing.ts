import { commandNamed } from '@credence/claims';
import type { CommandRequest } from './ledger.js';
import { namedIn } from './named-in.js';
import { byId, isId } from './references.js';

/** What a command has to do with: things by id, and commands by theirs. */
export interface Bearing {
  /** What it may change. */
  readonly changes: ReadonlySet<string>;
  /** What it looks at, and all that it may change. */
  readonly names: ReadonlySet<string>;
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * What a command bears on, as far as its text tells: two of which neither changes what the other names come to the same
 * in either order, and side by side.
 *
 * @returns undefined: it may bear on anything, for it names something otherwise than by its id, or something that lives
 *   in a stream that only a view could tell
 */
export function bearingOf({ command, target, commandId, data }: CommandRequest): Bearing | undefined {
  const changes = new Set<string>();
  const names = new Set<string>();
  const definition = commandNamed(command);
  if (definition === undefined) return { changes, names };
  if (definition.category === 'ledger' || definition.category === 'policy') return undefined;
  if (commandId !== undefined) changes.add(commandId);
  if (target !== undefined && definition.target !== null) {
    if (byId(definition.target, target) === undefined) return undefined;
    changes.add(target);
  }
  // The bytes of a capture are found under their hash.
  if (typeof data['sha256'] === 'string') changes.add(data['sha256']);
  for (const { reference } of namedIn(definition.data, data)) {
    if (!isId(reference) && !SHA256.test(reference)) return undefined;
    names.add(reference);
  }
  for (const change of changes) names.add(change);
  return { changes, names };
}

/** Whether one has to wait for the other. */
export function collide(a: Bearing | undefined, b: Bearing | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return !a.changes.isDisjointFrom(b.names) || !b.changes.isDisjointFrom(a.names);
}
