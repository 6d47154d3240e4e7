import { believing } from './believing.js';
import { claimItem } from './claim.js';
import type { ClaimItem } from './claim.js';
import { newestFirst } from './model.js';
import type { Page, PageRequest, ReadModel } from './model.js';

/** What a list of claims may be narrowed to; every condition given has to hold. */
export interface ClaimFilter {
  /** One of these status codes. */
  readonly status?: readonly string[];
  /** Some assertion on it is by this source. */
  readonly source?: string;
  readonly entity?: string;
  readonly topic?: string;
}

/** Claims newest first, a page of those that pass the filter. */
export function claimsPage(model: ReadModel, request: PageRequest, filter: ClaimFilter): Page<ClaimItem> {
  const { row } = believing(model);
  return newestFirst(model.claims, request, id => {
    if (filter.source !== undefined && model.belief<true>('speaksOn').get([filter.source, id]) === undefined)
      return undefined;
    const code = filter.status === undefined ? undefined : row(id)?.status.code;
    if (code !== undefined && filter.status?.includes(code) !== true) return undefined;
    const item = claimItem(id, model);
    if (item === undefined) return undefined;
    if (filter.entity !== undefined && !item.entities.includes(filter.entity)) return undefined;
    if (filter.topic !== undefined && !item.topics.includes(filter.topic)) return undefined;
    return item;
  });
}
