export { anchor, STATES, type Anchored, type Quote, type State } from './anchor.js';
export { pagesOfFormFeeds, type CapturedText, type Page, type Piece } from './captured-text.js';
export { DIFFERS, type Differs } from './differences.js';
export { prepared, type Prepared } from './prepared.js';
export { type PassageSelectors, type TextPositionSelector, type TextQuoteSelector } from './selectors.js';
export { type Difference } from './words.js';
