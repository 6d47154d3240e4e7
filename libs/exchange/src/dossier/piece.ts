/** A top member of a file by its lines; with items where it is a list whose items can be told apart. */
export interface Piece {
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly items?: readonly { readonly text: string; readonly line: number }[];
}
