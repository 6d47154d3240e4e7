import { isMap, isScalar, isSeq } from 'yaml';
import { itemOf } from './item.js';
import type { DossierFile, Item } from './item.js';
import type { Path } from './pointer.js';
import { isTree, resolved, treeOf } from './yaml.js';
import type { Tree } from './yaml.js';

/** Below this a file is parsed as a whole: fast enough, and aliases may cross its entries. */
const WHOLE_UP_TO = 1024 * 1024;

/**
 * A large file in block style, divided at the entries of its top lists, so that one entry at a time is in memory as a
 * tree: the parser needs some seventy bytes for each byte of text, and twice the time for a long list.
 *
 * @returns undefined where the file is small, is not of that shape, or does not parse piece by piece; then only the
 *   whole can say what it is, or what is wrong with it
 */
export function itemsIn(text: string): DossierFile | undefined {
  if (text.length < WHOLE_UP_TO) return undefined;
  const members: DossierFile['members'][number][] = [];
  for (const piece of topPieces(text)) {
    if (members.some(member => member.name === piece.name)) return undefined;
    if (piece.items === undefined) {
      const tree = treeOf(piece.text, piece.line);
      const root = isTree(tree) ? tree.root : undefined;
      if (!isTree(tree) || !isMap(root) || root.items.length !== 1) return undefined;
      const [pair] = root.items;
      if (!isScalar(pair?.key) || pair.key.value !== piece.name) return undefined;
      const node = pair.value;
      const list = resolved(node, tree);
      const item = itemOf(tree, node ?? pair.key, [piece.name]);
      members.push({
        name: piece.name,
        item,
        ...(isSeq(list) ? { items: list.items.map((inner, i) => itemOf(tree, inner, [piece.name, String(i)])) } : {}),
      });
      continue;
    }
    const items: Item[] = [];
    for (const [i, { text: entry, line }] of piece.items.entries()) {
      if (parsed(entry, line) === undefined) return undefined;
      items.push(lazily(entry, line, [piece.name, String(i)]));
    }
    members.push({ name: piece.name, item: listHead(piece.name, piece.line), items });
  }
  return { members, twice: [] };
}

interface Piece {
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly items?: readonly { readonly text: string; readonly line: number }[];
}

/** Top members by their lines; undefined items where a member is not a block list. */
function* topPieces(text: string): Generator<Piece> {
  const lines = text.split('\n');
  let start = 0;
  while (start < lines.length && isBlank(lines[start] as string)) start++;
  while (start < lines.length) {
    let end = start + 1;
    while (end < lines.length && !/^[^\s#-]/.test(lines[end] as string)) end++;
    const head = /^([A-Za-z]+):[ ]*(#.*)?$/.exec(lines[start] as string);
    const name = /^"?([A-Za-z]+)"?:/.exec(lines[start] as string)?.[1] ?? '';
    const items = head === null ? undefined : listItems(lines, start + 1, end);
    yield {
      name,
      line: start + 1,
      text: items === undefined ? lines.slice(start, end).join('\n') : '',
      ...(items === undefined ? {} : { items }),
    };
    start = end;
  }
}

function listItems(lines: readonly string[], from: number, to: number): Piece['items'] {
  let first = from;
  while (first < to && isBlank(lines[first] as string)) first++;
  const dash = /^( *)-( |$)/.exec(lines[first] ?? '')?.[1];
  if (dash === undefined) return undefined;
  const starts: number[] = [];
  for (let i = first; i < to; i++) if (new RegExp(`^${dash}-( |$)`).test(lines[i] as string)) starts.push(i);
  return starts.map((start, i) => ({
    line: start + 1,
    text: lines.slice(start, starts[i + 1] ?? to).join('\n'),
  }));
}

const isBlank = (line: string) => /^\s*(#.*)?$/.test(line);

function parsed(text: string, line: number): { tree: Tree; node: unknown } | undefined {
  const tree = treeOf(text, line);
  if (!isTree(tree)) return undefined;
  const { root } = tree;
  return isSeq(root) && root.items.length === 1 ? { tree, node: root.items[0] } : undefined;
}

/** Parses when asked, and forgets: what is wrong somewhere is looked up once in a while, not kept for all. */
function lazily(text: string, line: number, path: Path): Item {
  const open = () => {
    const piece = parsed(text, line);
    if (piece === undefined) throw new Error(`line ${String(line)} parsed before and does not now`);
    return itemOf(piece.tree, piece.node, path);
  };
  return {
    path,
    value: (schema, bad) => open().value(schema, bad),
    place: inner => open().place(inner),
    source: inner => open().source(inner),
  };
}

const listHead = (name: string, line: number): Item => ({
  path: [name],
  value: () => [],
  place: () => ({ pointer: `/${name}`, line }),
  source: () => '',
});
