export { compareDays, type Day } from './calendar.js';
export { type Range } from './date-parts.js';
export { boundsOf, holdsAt, stateBounds, type DateBounds, type StateBounds } from './edtf-bounds.js';
export { instantMs, instantText } from './instant.js';
export { dayOf, lastDayOf, parseAsOf, type AsOf } from './parameters.js';
