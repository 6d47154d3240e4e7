import { isMap, isScalar, isSeq } from 'yaml';
import type { Path } from './pointer.js';
import { itemsOf, objectBranch, own, takes } from './schema-walk.js';
import type { Schema } from './schema-walk.js';
import { withoutReturns } from './text.js';
import { resolved } from './yaml.js';
import type { Tree } from './yaml.js';

/** A mapping that has a member twice, or one that is no text. */
export interface BadMember {
  readonly path: Path;
  readonly code: 'duplicate-member' | 'wrong-type';
  readonly detail: string;
}

/**
 * The value of a node. Scalars are taken as written wherever the schema wants text: `2019` is the year 2019 and `0.50`
 * keeps its zero; where it wants an integer or a boolean, YAML's core schema (1.2.2 §10.3.2) speaks.
 */
export function valueOf(tree: Tree, node: unknown, schema: Schema | undefined, bad: BadMember[]): unknown {
  return read(node, schema, []);

  function read(given: unknown, wanted: Schema | undefined, path: Path): unknown {
    const at = resolved(given, tree);
    if (isScalar(at)) return scalar(at, wanted);
    if (isSeq(at)) {
      const items = wanted === undefined ? undefined : itemsOf(wanted);
      return at.items.map((item, i) => read(item, items, [...path, String(i)]));
    }
    if (!isMap(at)) return null;
    const members = new Map<string, unknown>();
    for (const { key, value } of at.items) {
      const name = resolved(key, tree);
      if (!isScalar(name) || typeof name.value !== 'string') {
        bad.push({ path, code: 'wrong-type', detail: 'the name of a member is no text' });
        continue;
      }
      if (members.has(name.value))
        bad.push({
          path: [...path, name.value],
          code: 'duplicate-member',
          detail: `"${name.value}" stands twice in one mapping`,
        });
      else members.set(name.value, value);
    }
    const names = Object.fromEntries([...members.keys()].map(name => [name, true]));
    const properties = wanted === undefined ? undefined : objectBranch(wanted, names)?.properties;
    const open = wanted?.patternProperties !== undefined || wanted?.anyOf?.some(b => b.patternProperties !== undefined);
    return Object.fromEntries(
      Array.from(members, ([name, value]) => {
        const field = own(properties, name);
        const inner = field ?? (open === true && name === 'issued' ? TEXT : undefined);
        return [name, read(value, inner, [...path, name])];
      }),
    );
  }
}

/** `issued` of a citation is a date as people write it; a bare year is no number. */
const TEXT: Schema = { type: 'string' };

interface ScalarNode {
  readonly value: unknown;
  readonly type?: string | null;
  readonly tag?: string;
}

function scalar({ value, type, tag }: ScalarNode, wanted: Schema | undefined): unknown {
  const text = typeof value === 'string' ? withoutReturns(value) : '';
  if (type !== 'PLAIN' && value !== null && type !== undefined && type !== null) return text;
  if (tag === 'tag:yaml.org,2002:str') return text;
  if (/^(~|null|Null|NULL)?$/.test(text)) return null;
  if (/^(true|True|TRUE|false|False|FALSE)$/.test(text))
    return wanted === undefined || takes(wanted, 'boolean') || !takes(wanted, 'string') ? /^t/i.test(text) : text;
  if (!/^-?(0|[1-9][0-9]*)$/.test(text) || !Number.isSafeInteger(Number(text))) return text;
  return wanted === undefined || takes(wanted, 'integer') || !takesText(wanted) ? Number(text) : text;
}

/** Lists and mappings of text are asked for text when a single scalar stands in their place, so that it is shown as written. */
const takesText = (schema: Schema) => takes(schema, 'string') || schema['x-short'] !== undefined || hasShort(schema);
const hasShort = (schema: Schema) => schema.anyOf?.some(branch => branch['x-short'] !== undefined) ?? false;
