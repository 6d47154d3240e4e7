import { isAlias, isMap, isPair, isScalar, isSeq, Lexer, LineCounter, parseDocument } from 'yaml';
import type { Alias, Document, ErrorCode, Node, YAMLError } from 'yaml';
import { pointerOf } from './pointer.js';
import type { Path, Place } from './pointer.js';
import type { Unreadable } from './text.js';

/** What aliases may stand for in all, in nodes: enough for shared lists, too little for a bomb. */
export const MAX_ALIASED_NODES = 100_000;
/** A dossier nests nine deep at most; deeper is not read. */
export const MAX_DEPTH = 64;

/** A piece of a dossier as the YAML parser gives it. */
export interface Tree {
  readonly root: Node | null;
  /** The node that an alias stands for. */
  target(alias: Alias): Node;
  /** 1-based line of a position in the text. */
  lineAt(offset: number): number;
  /** The text of a node as written. */
  source(node: Node): string;
}

/**
 * Parses YAML 1.2 (JSON is YAML). Every scalar comes as it is written: its meaning depends on the field (`values.ts`).
 * Aliases are counted, never expanded here; what would grow beyond `MAX_ALIASED_NODES` is refused.
 *
 * @param firstLine - 1-based number of the first line of `text` in its file
 */
export function treeOf(text: string, firstLine = 1): Tree | Unreadable {
  if (text.length > 100_000 && nestsTooDeep(text)) return tooDeep();
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      merge: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return tooDeep();
    throw error;
  }
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line) + firstLine - 1;
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong?.code === 'RESOURCE_EXHAUSTION') return tooDeep(lineAt(wrong.pos[0]));
  if (wrong !== undefined) return yamlError(wrong, lines, firstLine);
  const targets = new Map<Alias, Node>();
  const unexpandable = aliasesOf(document.contents, targets, lineAt);
  if (unexpandable !== undefined) return unexpandable;
  return {
    root: document.contents,
    target: alias => targets.get(alias) as Node,
    lineAt,
    source: node => (node.range ? text.slice(node.range[0], node.range[1]) : ''),
  };
}

export const isTree = (tree: Tree | Unreadable): tree is Tree => 'root' in tree;

function yamlError({ code, message, pos }: YAMLError, lines: LineCounter, firstLine: number): Unreadable {
  const { line, col } = lines.linePos(pos[0]);
  const at = line + firstLine - 1;
  const { detail, found, wanted } = IN_OUR_WORDS[code] ?? {
    detail: message,
    found: message,
    wanted: 'YAML 1.2 or JSON',
  };
  return {
    code: 'not-readable',
    detail: `not readable as YAML: line ${String(at)}, column ${String(col)}: ${detail}`,
    found,
    wanted,
    line: at,
  };
}

/** Where the parser speaks to programmers. */
const IN_OUR_WORDS: Readonly<Partial<Record<ErrorCode, { detail: string; found: string; wanted: string }>>> = {
  TAB_AS_INDENT: {
    detail: 'a tab stands where blanks must indent',
    found: 'a tab',
    wanted: 'blanks as indentation',
  },
  MULTIPLE_DOCS: { detail: 'a second document begins', found: 'two documents', wanted: 'one dossier in a file' },
};

const tooDeep = (line?: number): Unreadable => ({
  code: 'not-readable',
  detail: `not readable: nested more than ${String(MAX_DEPTH)} deep`,
  found: `more than ${String(MAX_DEPTH)} levels`,
  wanted: 'a dossier: lists of entries',
  ...(line === undefined ? {} : { line }),
});

/**
 * The parser needs seconds for a text of brackets. One look at the characters acquits nearly all texts; where brackets
 * in quotations make it suspicious, the lexer tells.
 */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let most = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === 0x5b || char === 0x7b) most = Math.max(most, ++depth);
    else if ((char === 0x5d || char === 0x7d) && depth > 0) depth--;
  }
  if (most <= MAX_DEPTH && !new RegExp(`([-?] +){${String(MAX_DEPTH)}}`).test(text)) return false;
  let flow = 0;
  let block = 0;
  let isScalarNext = false;
  for (const token of new Lexer().lex(text)) {
    const scalar = isScalarNext;
    isScalarNext = token === SCALAR_FOLLOWS;
    if (scalar) continue;
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow--;
    else if (token === '-' || token === '?') block++;
    else if (token.includes('\n')) block = 0;
    if (flow + block > MAX_DEPTH) return true;
  }
  return false;
}

/** The lexer's mark before the text of a plain or block scalar. */
const SCALAR_FOLLOWS = '\u001f';

/** Finds what each alias stands for, and how many nodes all of them would make; each node is looked at once. */
function aliasesOf(
  root: Node | null,
  targets: Map<Alias, Node>,
  lineAt: (offset: number) => number,
): Unreadable | undefined {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  const sizes = new Map<Node, number>();
  let aliased = 0;
  let problem: Unreadable | undefined;
  const sizeOf = (node: unknown, depth: number): number => {
    if (problem !== undefined) return 0;
    if (isPair(node)) return sizeOf(node.key, depth) + sizeOf(node.value, depth);
    if (isAlias(node)) return aliasSize(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 0;
    const { anchor } = node;
    if (anchor !== undefined) anchors.set(anchor, node);
    if (isScalar(node)) return 1;
    if (depth > MAX_DEPTH) {
      problem = tooDeep(node.range ? lineAt(node.range[0]) : undefined);
      return 0;
    }
    open.add(node);
    let size = 1;
    for (const item of node.items) size += sizeOf(item, depth + 1);
    open.delete(node);
    if (anchor !== undefined) sizes.set(node, size);
    return size;
  };
  const aliasSize = (alias: Alias): number => {
    const target = anchors.get(alias.source);
    const line = alias.range ? lineAt(alias.range[0]) : undefined;
    if (target === undefined || open.has(target)) {
      problem = {
        code: 'not-readable',
        detail: `not readable as YAML: *${alias.source} ${target === undefined ? 'has no anchor before it' : 'stands inside of what it names'}`,
        found: `*${alias.source}`,
        wanted: 'an alias of something complete above it',
        ...(line === undefined ? {} : { line }),
      };
      return 0;
    }
    targets.set(alias, target);
    const size = sizes.get(target) ?? 1;
    aliased += size;
    if (aliased > MAX_ALIASED_NODES)
      problem = {
        code: 'not-readable',
        detail: `not readable as YAML: its aliases stand for more than ${String(MAX_ALIASED_NODES)} values; they were not expanded`,
        found: 'aliases of aliases',
        wanted: `at most ${String(MAX_ALIASED_NODES)} values by alias`,
        ...(line === undefined ? {} : { line }),
      };
    return size;
  };
  sizeOf(root, 0);
  return problem;
}

/** The node without aliases in front of it. */
export const resolved = (node: unknown, tree: Tree): unknown => (isAlias(node) ? tree.target(node) : node);

/**
 * Where `path`, from `node` on, stands. A path goes on in what a shorthand stands for: the shorthand is the place then.
 * Of a member that is not there the place is where it would be: in the innermost mapping that is.
 *
 * @param base - path of `node` in the file
 */
export function placeIn(tree: Tree, node: unknown, path: Path, base: Path): Place {
  let at = node;
  let line = lineOf(tree, node) ?? 1;
  const walked: string[] = [];
  for (const member of path) {
    const inner = resolved(at, tree);
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => isScalar(key) && key.value === member);
      walked.push(member);
      if (pair === undefined) return { pointer: pointerOf([...base, ...walked]), line };
      line = lineOf(tree, pair.key) ?? line;
      at = pair.value;
    } else if (isSeq(inner)) {
      walked.push(member);
      at = inner.items[Number(member)];
      line = lineOf(tree, at) ?? line;
    } else break;
  }
  return { pointer: pointerOf([...base, ...walked]), line };
}

const lineOf = (tree: Tree, node: unknown): number | undefined => {
  const range = (node as Node | null | undefined)?.range;
  return range ? tree.lineAt(range[0]) : undefined;
};
