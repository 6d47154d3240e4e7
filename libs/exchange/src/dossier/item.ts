import { isMap, isScalar, isSeq } from 'yaml';
import type { Path, Place } from './pointer.js';
import type { Schema } from './schema-walk.js';
import { valueOf } from './values.js';
import type { BadMember } from './values.js';
import { placeIn, resolved } from './yaml.js';
import type { Tree } from './yaml.js';

/** A value in the file that can say where it stands. */
export interface Item {
  readonly path: Path;
  value(schema: Schema, bad: BadMember[]): unknown;
  place(path: Path): Place;
  /** The text of what stands at a path, as written. */
  source(path: Path): string;
}

/** A dossier file, taken apart as far as its top members and the items of their lists. */
export interface DossierFile {
  readonly members: readonly { readonly name: string; readonly item: Item; readonly items?: readonly Item[] }[];
  /** Top members that stand a second time. */
  readonly twice: readonly { readonly name: string; readonly place: Place }[];
}

/** An item that a parsed tree holds. */
export const itemOf = (tree: Tree, node: unknown, path: Path): Item => ({
  path,
  value: (schema, bad) => valueOf(tree, node, schema, bad),
  place: inner => placeIn(tree, node, inner, path),
  source: inner => sourceAt(tree, node, inner),
});

function sourceAt(tree: Tree, node: unknown, path: Path): string {
  let at: unknown = resolved(node, tree);
  for (const member of path) {
    if (isMap(at)) at = at.items.find(({ key }) => isScalar(key) && key.value === member)?.value;
    else if (isSeq(at)) at = at.items[Number(member)];
    at = resolved(at, tree);
  }
  return isMap(at) || isSeq(at) || isScalar(at) ? tree.source(at).trim() : '';
}
