import { pointerTo } from '@credence/contracts';

/** Members from the root of a file to a place in it; list items by their number in digits. */
export type Path = readonly string[];

/** A place in the dossier file. */
export interface Place {
  /** RFC 6901. */
  readonly pointer: string;
  /** 1-based. */
  readonly line: number;
}

export const pointerOf = (path: Path): string => path.reduce(pointerTo, '');

export const pathOf = (pointer: string): Path =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map(member => member.replaceAll('~1', '/').replaceAll('~0', '~'));
