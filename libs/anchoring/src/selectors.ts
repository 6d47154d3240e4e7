import { pageAt, type Prepared } from './prepared.js';

/** W3C Web Annotation, 4.2.4: the words of a place with those around it. */
export interface TextQuoteSelector {
  readonly type: 'TextQuoteSelector';
  readonly exact: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** 4.2.5: counted in Unicode code points, `end` exclusive. */
export interface TextPositionSelector {
  readonly type: 'TextPositionSelector';
  readonly start: number;
  readonly end: number;
}

/** How to find a place again, by words, by position and by page. */
export interface PassageSelectors {
  /** From the beginning of the first piece to the end of the last one, interruptions and all. */
  readonly quote: TextQuoteSelector;
  /** One for each piece. */
  readonly positions: readonly TextPositionSelector[];
  readonly page?: string;
  readonly pdfPage?: number;
}

/** Code units of prefix and suffix. */
const AROUND = 32;

/** Selectors of a place of a captured text; offsets of `pieces` in code units. */
export function selectorsOf(
  text: Prepared,
  pieces: readonly { readonly start: number; readonly end: number }[],
): PassageSelectors {
  const { captured, points } = text;
  const [start, end] = [pieces[0]?.start ?? 0, pieces.at(-1)?.end ?? 0];
  const [low, high] = [Math.min(start, end), Math.max(start, end)];
  const page = pageAt(text, start);
  return {
    quote: {
      type: 'TextQuoteSelector',
      exact: captured.text.slice(low, high),
      prefix: captured.text.slice(whole(captured.text, Math.max(0, low - AROUND)), low),
      suffix: captured.text.slice(high, whole(captured.text, Math.min(captured.text.length, high + AROUND))),
    },
    positions: pieces.map(piece => ({
      type: 'TextPositionSelector',
      start: points.fromUnits(piece.start),
      end: points.fromUnits(piece.end),
    })),
    ...(page?.printed === undefined ? {} : { page: page.printed }),
    ...(page === undefined ? {} : { pdfPage: page.pdfPage }),
  };
}

/** An offset that does not part the halves of a character. */
function whole(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
