import type { Style } from './paint.js';
import type { Screen } from './screen.js';
import { padded, paddedLeft, widthOf, wrapped } from './text.js';

export interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

export interface Column {
  readonly title: string;
  /** At most so many columns; longer text is wrapped. The last column takes what is left. */
  readonly most?: number;
  readonly right?: boolean;
  /** What stands in it says nothing without the title: it goes along where there is no room for columns. */
  readonly named?: boolean;
}

type Row = readonly Cell[];

const GAP = 2;
const LEAST_OF_LAST = 20;

/** Rows under titles, in columns as wide as what stands in them; the last one is wrapped to the screen's edge. */
export function table(columns: readonly Column[], rows: readonly Row[], screen: Screen): string {
  const { titles, lines } = tableRows(columns, rows, screen);
  return [...titles, ...lines].join('\n');
}

/** The same, row by row. On a screen too narrow for its columns a row is a paragraph, and there are no titles. */
export function tableRows(
  columns: readonly Column[],
  rows: readonly Row[],
  screen: Screen,
): { readonly titles: readonly string[]; readonly lines: readonly string[] } {
  const last = columns.length - 1;
  const widths = columns.map(({ title, most = Infinity }, i) =>
    Math.min(most, Math.max(widthOf(title), ...rows.map(row => widthOf(row[i]?.text ?? '')))),
  );
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP, 0);
  const left = screen.width - before;
  if (left < Math.min(LEAST_OF_LAST, widths[last] as number))
    return { titles: [], lines: rows.map(row => told(row, columns, screen)) };
  widths[last] = left;
  const titles = columns.map(({ title }): Cell => ({ text: title, style: 'dim' }));
  return {
    titles: [laidOut(titles, columns, widths, screen)],
    lines: rows.map(row => laidOut(row, columns, widths, screen)),
  };
}

function laidOut(row: Row, columns: readonly Column[], widths: readonly number[], screen: Screen): string {
  const cells = columns.map((_, i) => wrapped(row[i]?.text ?? '', widths[i] as number));
  const height = Math.max(...cells.map(cell => cell.length));
  return Array.from({ length: height }, (_, l) =>
    columns
      .map(({ right }, i) => {
        const pad = right === true ? paddedLeft : padded;
        return screen.paint.as(
          row[i]?.style,
          pad(cells[i]?.[l] ?? '', i === columns.length - 1 ? 0 : (widths[i] as number)),
        );
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  ).join('\n');
}

/** Its cells one after the other, and under them the last, which is the longest. */
function told(row: Row, columns: readonly Column[], screen: Screen): string {
  const cells = columns.map(({ title, named }, i) => {
    const text = (row[i]?.text ?? '').trim();
    return named === true && text !== '' ? `${title.trim().toLowerCase()} ${text}` : text;
  });
  const last = cells.pop() ?? '';
  const head = cells.filter(text => text !== '').join(' · ');
  return [screen.paragraph(head), ...(last === '' ? [] : [screen.paragraph(last, GAP)])].join('\n');
}
