import { isMap, isScalar, isSeq } from 'yaml';
import type { ImportProblem } from '../import-port.js';
import { itemOf } from './item.js';
import type { DossierFile } from './item.js';
import type { Schema } from './schema-walk.js';
import { divided } from './split-items.js';
import { textOf } from './text.js';
import type { Unreadable } from './text.js';
import { isTree, resolved, treeOf } from './yaml.js';

/**
 * Reads a dossier file; a file that cannot be read has one problem, with an empty pointer.
 *
 * @param schemaOf - of an entry of a section; nothing is checked here, but a scalar means what its field wants
 */
export async function readFile(
  file: string,
  bytes: Uint8Array,
  schemaOf: (section: string) => Schema | undefined = () => undefined,
): Promise<DossierFile | ImportProblem> {
  const text = textOf(bytes);
  if (typeof text !== 'string') return unreadable(file, text);
  const inPieces = await divided(text, schemaOf);
  if (inPieces !== undefined) return 'code' in inPieces ? unreadable(file, inPieces) : inPieces;
  const tree = treeOf(text);
  if (!isTree(tree)) return unreadable(file, tree);
  const root = resolved(tree.root, tree);
  if (!isMap(root))
    return unreadable(file, {
      code: 'not-readable',
      detail: 'a dossier is a mapping: dossier, id, sources, claims, …',
      found: isSeq(root) ? 'a list' : isScalar(root) ? 'a text' : 'nothing',
      wanted: 'a mapping',
      line: 1,
    });
  const members: DossierFile['members'][number][] = [];
  const twice: DossierFile['twice'][number][] = [];
  for (const { key, value } of root.items) {
    const name = isScalar(key) ? String(key.value) : '';
    if (members.some(member => member.name === name)) {
      const range = isScalar(key) ? key.range : undefined;
      twice.push({ name, place: { pointer: `/${name}`, line: range ? tree.lineAt(range[0]) : 1 } });
      continue;
    }
    const list = resolved(value, tree);
    members.push({
      name,
      item: itemOf(tree, value ?? key, [name]),
      ...(isSeq(list) ? { items: list.items.map((node, i) => itemOf(tree, node, [name, String(i)])) } : {}),
    });
  }
  return { members, twice };
}

export const isFile = (file: DossierFile | ImportProblem): file is DossierFile => 'members' in file;

const unreadable = (file: string, { line = 1, code, detail, found, wanted }: Unreadable): ImportProblem => ({
  file,
  line,
  pointer: '',
  code,
  detail,
  ...(found === undefined ? {} : { found }),
  ...(wanted === undefined ? {} : { wanted }),
});
