import { Paint } from './paint.js';
import { wrapped } from './text.js';

const WIDTH_OF_NO_TERMINAL = 100;
const NARROWEST = 40;

/** Where people read: how wide it is, and whether it has colours. */
export interface Screen {
  readonly width: number;
  readonly paint: Paint;
  /** `text` in lines of the screen's width, after `indent` blanks. */
  paragraph(text: string, indent?: number): string;
}

/** @param columns - of the terminal; undefined where output goes elsewhere: no colours there */
export function screenOf(columns: number | undefined, env: Readonly<Record<string, string | undefined>>): Screen {
  const width = Math.max(NARROWEST, columns ?? WIDTH_OF_NO_TERMINAL);
  // https://no-color.org: any value but an empty one
  const coloured = columns !== undefined && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    width,
    paint: new Paint(coloured),
    paragraph: (text, indent = 0) =>
      wrapped(text, width - indent)
        .map(line => `${' '.repeat(indent)}${line}`)
        .join('\n'),
  };
}
