export { citationIn, styleNamed } from './styles.js';
export type { CitationAnswer, CitationStyle } from './styles.js';
export { lookUp } from './look-up.js';
export type { CslItem } from './csl.js';
