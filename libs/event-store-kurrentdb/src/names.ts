import { CATEGORIES, STREAM_PATTERN } from '@credence/contracts';

/** How the cluster calls our streams. */
export interface Names {
  of(stream: string): string;
  /** Our name of a stream of the cluster; undefined: it is none of ours. */
  ours(name: string): string | undefined;
  /** Of the stream that a metadata stream (`$$…`) is about. */
  about(name: string): string | undefined;
  /** For the server's filter: its test follows the rules of a culture, so what passes is tested again by `ours`. */
  readonly prefixes: string[];
  /** The stream that says how far a migration into the cluster is; without seq. */
  readonly migration: string;
  /** The stream of signed checkpoints; without seq. */
  readonly checkpoints: string;
}

const GRAMMAR = new RegExp(STREAM_PATTERN);

export function namesIn(namespace: string): Names {
  const before = namespace === '' ? '' : `${namespace}.`;
  const ours = (name: string): string | undefined => {
    if (!name.startsWith(before)) return undefined;
    const stream = name.slice(before.length);
    return GRAMMAR.test(stream) ? stream : undefined;
  };
  return {
    of: stream => before + stream,
    ours,
    about: name => (name.startsWith('$$') ? ours(name.slice(2)) : undefined),
    prefixes: [
      ...CATEGORIES.flatMap(category => [`${before}${category}-`, `$$${before}${category}-`]),
      `${before}checkpoint-`,
    ],
    migration: `${before}migration-main`,
    checkpoints: `${before}checkpoint-main`,
  };
}
