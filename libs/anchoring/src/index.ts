export { anchor, STATES, type Anchored, type Quote, type State } from './anchor.js';
export { anchorTarget } from './anchor-target.js';
export { type Fault } from './annotation-shape.js';
export { around, type Stretch } from './around.js';
export { pagesOfFormFeeds, type CapturedText, type Page, type Piece } from './captured-text.js';
export { DIFFERS, type Differs } from './differences.js';
export { prepared, type Prepared } from './prepared.js';
export { withPrintedNumbers } from './printed-numbers.js';
export { reanchor } from './reanchor.js';
export { type PassageSelectors, type TextPositionSelector, type TextQuoteSelector } from './selectors.js';
export {
  quoteOf,
  readAnnotation,
  type AnnotationTarget,
  type ReadAnnotation,
  type TextSelector,
} from './web-annotation.js';
export { wordDifference, type Difference } from './words.js';
