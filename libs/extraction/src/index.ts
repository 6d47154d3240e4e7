export { extract, tooLargeFor } from './extract.js';
export { hasText } from './kinds.js';
export { extractApart, LIMITS, type ExtractionLimits } from './extract-apart.js';
export {
  FAULTS,
  MAX_TEXT_BYTES,
  MAX_TEXT_LENGTH,
  type Extracted,
  type Extractor,
  type Fault,
  type Unreadable,
} from './extracted.js';
