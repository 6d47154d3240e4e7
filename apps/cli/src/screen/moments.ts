import type { Pins } from '@credence/runtime';
import { instant } from './dates.js';

/** "@12 (2026-11-24 08:00:01 UTC)", or that nothing was recorded yet. */
export const momentText = ({ seq, effectiveAt }: Pins['asOf']): string =>
  seq === null ? 'before anything was recorded' : `@${String(seq)} (${instant(effectiveAt ?? '')} UTC)`;
