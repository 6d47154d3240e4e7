import type { SourceNamed } from '@credence/views';

type Nameable = Pick<SourceNamed, 'name' | 'named' | 'describedAs'>;

/** What readers may call a source: its name if it is public, else how it is described. */
export function readerName(source: Nameable | null): string {
  if (source === null) return 'an unknown source';
  return source.named === 'publicly' ? source.name : (source.describedAs ?? 'an unnamed source');
}

/** The shortest reference to a thing that a reader can type: the key without its dossier, else the beginning of the id. */
export const shortReference = ({ id, key }: { readonly id: string; readonly key?: string }): string =>
  key === undefined ? id.slice(0, 10) : key.slice(key.indexOf(':') + 1);
