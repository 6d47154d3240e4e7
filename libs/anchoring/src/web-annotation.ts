import type { Quote } from './anchor.js';
import { faultsOf, type Fault } from './annotation-shape.js';
import { asList, isRecord, type Json } from './json.js';

/** A selector of W3C Web Annotation 4.2 that speaks of text; others (CSS, XPath, SVG, data) speak of something else. */
export type TextSelector =
  | { readonly type: 'TextQuoteSelector'; readonly exact: string; readonly prefix?: string; readonly suffix?: string }
  | { readonly type: 'TextPositionSelector'; readonly start: number; readonly end: number }
  | { readonly type: 'page'; readonly pdfPage: number }
  | { readonly type: 'RangeSelector'; readonly from: readonly TextSelector[]; readonly to: readonly TextSelector[] };

/** What an annotation points at. `selectors`: alternatives for one and the same place, with those that refine them. */
export interface AnnotationTarget {
  readonly source: string;
  readonly selectors: readonly TextSelector[];
  /** Types of selectors that were passed over. */
  readonly others: readonly string[];
}

export type ReadAnnotation =
  | { readonly ok: true; readonly targets: readonly AnnotationTarget[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads an annotation, or a page of them, from JSON text. What the model forbids is refused, each fault with its place. */
export function readAnnotation(text: string): ReadAnnotation {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    return { ok: false, faults: [{ pointer: '', detail: `not JSON: ${(error as Error).message}` }] };
  }
  const faults = faultsOf(json);
  if (faults.length > 0) return { ok: false, faults };
  const annotations = isRecord(json) && json['type'] === 'AnnotationPage' ? asList(json['items']) : [json];
  return {
    ok: true,
    targets: annotations.flatMap(annotation =>
      isRecord(annotation) ? asList(annotation['target']).map(targetOf) : [],
    ),
  };
}

/** The selectors of a target as a question for `anchor`; undefined where it has no TextQuoteSelector. */
export function quoteOf({ selectors }: AnnotationTarget): Quote | undefined {
  const quote = selectors.find(selector => selector.type === 'TextQuoteSelector');
  if (quote === undefined) return undefined;
  const position = selectors.find(selector => selector.type === 'TextPositionSelector');
  const page = selectors.find(selector => selector.type === 'page');
  const { exact, prefix, suffix } = quote;
  return {
    exact,
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(position === undefined ? {} : { position: position.start }),
    ...(page === undefined ? {} : { pdfPage: page.pdfPage }),
  };
}

function targetOf(target: Json): AnnotationTarget {
  if (!isRecord(target)) return { source: iriOf(target), selectors: [], others: [] };
  const source = target['source'] ?? target['id'];
  const others: string[] = [];
  const selectors = asList(target['selector']).flatMap(selector => selectorsIn(selector, others));
  return { source: iriOf(isRecord(source) ? source['id'] : source), selectors, others };
}

const iriOf = (value: Json) => (typeof value === 'string' ? value : '');

/** A selector and those that refine it, outermost first. */
function selectorsIn(selector: Json, others: string[]): TextSelector[] {
  if (!isRecord(selector)) return [];
  const read = selectorOf(selector, others);
  return [
    ...(read === undefined ? [] : [read]),
    ...asList(selector['refinedBy']).flatMap(inner => selectorsIn(inner, others)),
  ];
}

function selectorOf(selector: Record<string, Json>, others: string[]): TextSelector | undefined {
  const { type, exact, prefix, suffix, start, end, value, startSelector, endSelector } = selector;
  if (type === 'TextQuoteSelector') {
    return {
      type,
      exact: exact as string,
      ...(typeof prefix === 'string' ? { prefix } : {}),
      ...(typeof suffix === 'string' ? { suffix } : {}),
    };
  }
  if (type === 'TextPositionSelector') return { type, start: start as number, end: end as number };
  // RFC 8118 (3778 before it): the fragment of a PDF names its page.
  const page = type === 'FragmentSelector' && typeof value === 'string' ? /^page=(\d+)$/.exec(value) : null;
  if (page !== null) return { type: 'page', pdfPage: Number(page[1]) };
  if (type === 'RangeSelector') {
    const from = asList(startSelector).flatMap(inner => selectorsIn(inner, others));
    const to = asList(endSelector).flatMap(inner => selectorsIn(inner, others));
    if (from.length > 0 && to.length > 0) return { type, from, to };
  }
  others.push(iriOf(type));
  return undefined;
}
