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
}

const GAP = 2;
const LEAST_OF_LAST = 24;

/** Rows under titles, in columns as wide as what stands in them; the last one is wrapped to the screen's edge. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], screen: Screen): string {
  return tableRows(columns, rows, screen).join('\n');
}

/** The same, row by row: the titles first. */
export function tableRows(columns: readonly Column[], rows: readonly (readonly Cell[])[], screen: Screen): string[] {
  const last = columns.length - 1;
  const widths = columns.map(({ title, most = Infinity }, i) =>
    Math.min(most, Math.max(widthOf(title), ...rows.map(row => widthOf(row[i]?.text ?? '')))),
  );
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + GAP, 0);
  widths[last] = Math.max(LEAST_OF_LAST, screen.width - before);
  const titles = columns.map(({ title }): Cell => ({ text: title, style: 'dim' }));
  return [titles, ...rows].map(row => lines(row, columns, widths, screen).join('\n'));
}

function lines(row: readonly Cell[], columns: readonly Column[], widths: readonly number[], screen: Screen): string[] {
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
  );
}
