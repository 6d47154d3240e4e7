import { setImmediate } from 'node:timers/promises';
import { isMap, isScalar, isSeq } from 'yaml';
import { itemOf } from './item.js';
import type { DossierFile, Item } from './item.js';
import type { Path } from './pointer.js';
import type { Schema } from './schema-walk.js';
import type { Piece } from './piece.js';
import { blockPieces } from './split-block.js';
import { jsonPieces } from './split-json.js';
import type { Unreadable } from './text.js';
import type { BadMember } from './values.js';
import { isTree, resolved, treeOf } from './yaml.js';
import type { Tree } from './yaml.js';

/** Below this a file is parsed as a whole: fast enough, and aliases may cross its entries. */
export const WHOLE_UP_TO = 1024 * 1024;
/** Above this it is parsed entry by entry or not at all, for the parser keeps everybody else waiting. */
export const DIVIDED_FROM = 8 * 1024 * 1024;

/**
 * A large file, divided at the entries of its top lists, so that one entry at a time is in memory as a tree: the parser
 * needs some seventy bytes for each byte of text, and more time for a long list. Others get their turn in between.
 *
 * @param schemaOf - of an entry of a section
 * @returns undefined where the whole must say what the file is: it is small, or not of that shape; unreadable where it
 *   is too large for that
 */
export async function divided(
  text: string,
  schemaOf: (section: string) => Schema | undefined,
): Promise<DossierFile | Unreadable | undefined> {
  if (text.length < WHOLE_UP_TO) return undefined;
  const members: DossierFile['members'][number][] = [];
  const file = new Divided();
  let turn = performance.now();
  for (const piece of /^\s*\{/.test(text) ? jsonPieces(text) : blockPieces(text)) {
    if ('code' in piece || members.some(member => member.name === piece.name)) return giveUp(text, piece);
    if (piece.items === undefined) {
      const member = wholeMember(piece);
      if ('code' in member) return giveUp(text, member);
      members.push(member);
      continue;
    }
    const items: Item[] = [];
    for (const [i, entry] of piece.items.entries()) {
      const item = file.item(entry.text, entry.line, [piece.name, String(i)], schemaOf(piece.name) ?? {});
      if ('code' in item) return giveUp(text, item);
      items.push(item);
      if (performance.now() - turn < 20) continue;
      await setImmediate();
      turn = performance.now();
    }
    members.push({ name: piece.name, item: listHead(piece.name, piece.line), items });
  }
  return { members, twice: [] };
}

const giveUp = (text: string, why: Unreadable | Piece): Unreadable | undefined => {
  if (text.length < DIVIDED_FROM) return undefined;
  if ('code' in why) return why;
  return {
    code: 'not-readable',
    detail: `"${why.name}" stands twice`,
    found: why.name,
    wanted: 'one of each section',
    line: why.line,
  };
};

function wholeMember(piece: Piece): DossierFile['members'][number] | Unreadable {
  const tree = treeOf(piece.text, piece.line);
  if (!isTree(tree)) return tree;
  const root = resolved(tree.root, tree);
  const pair = isMap(root) && root.items.length === 1 ? root.items[0] : undefined;
  if (!isScalar(pair?.key) || pair.key.value !== piece.name) return notDividable(piece);
  const list = resolved(pair.value, tree);
  return {
    name: piece.name,
    item: itemOf(tree, pair.value ?? pair.key, [piece.name]),
    ...(isSeq(list) ? { items: list.items.map((inner, i) => itemOf(tree, inner, [piece.name, String(i)])) } : {}),
  };
}

const notDividable = ({ line }: { readonly line: number }): Unreadable => ({
  code: 'not-readable',
  detail: `line ${String(line)}: a file of this size is read entry by entry, and here no entry can be told`,
  found: 'another layout',
  wanted: 'JSON, or YAML with each entry of a section on lines of its own',
  line,
});

/** The entries of a divided file. The last that was looked at stays parsed; all others are text and value. */
class Divided {
  private open: { readonly text: string; readonly line: number; readonly item: Item } | undefined;

  item(text: string, line: number, path: Path, schema: Schema): Item | Unreadable {
    const first = this.parsed(text, line, path);
    if ('code' in first) return first;
    const wrong: BadMember[] = [];
    const value = first.value(schema, wrong);
    const again = () => this.parsed(text, line, path) as Item;
    return {
      path,
      value: (wanted, bad) => {
        if (wanted !== schema) return again().value(wanted, bad);
        bad.push(...wrong);
        return structuredClone(value);
      },
      place: inner => again().place(inner),
      source: inner => again().source(inner),
    };
  }

  private parsed(text: string, line: number, path: Path): Item | Unreadable {
    if (this.open?.line === line && this.open.text === text) return this.open.item;
    const tree = treeOf(text, line);
    if (!isTree(tree)) return tree;
    const node = onlyItem(tree);
    if (node === undefined) return notDividable({ line });
    const item = itemOf(tree, node, path);
    this.open = { text, line, item };
    return item;
  }
}

/** A block entry is a list of one; an entry of JSON stands alone. */
const onlyItem = ({ root }: Tree): unknown =>
  isSeq(root) && root.flow !== true ? (root.items.length === 1 ? root.items[0] : undefined) : (root ?? undefined);

const listHead = (name: string, line: number): Item => ({
  path: [name],
  value: () => [],
  place: () => ({ pointer: `/${name}`, line }),
  source: () => '',
});
