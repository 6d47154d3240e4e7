import { p1 } from '@credence/contracts';
import type { Policy } from '@credence/contracts';
import type { PolicyRow } from '../policies.view.js';
import { newestFirst } from './model.js';
import type { Page, PageRequest, ReadModel } from './model.js';

/** A policy: its numbers by their names in p1. Reason, actor, seq and time are those of its adoption; p1 has none. */
export type PolicyAnswer = Policy &
  Partial<Pick<PolicyRow, 'reason' | 'actor' | 'seq' | 'recordedAt'>> & {
    /** Whether belief is computed with it at the pins. */
    readonly inForce: boolean;
  };

/** Policies newest first; the built-in one is the oldest. */
export function policiesPage(model: ReadModel, request: PageRequest): Page<PolicyAnswer> {
  const [last] = model.policies<string>('inOrder').range({ reverse: true, limit: 1 });
  const { items, next } = newestFirst(model.policies, request, (id): PolicyAnswer | undefined => {
    const row = model.policies<PolicyRow>('policies').get([id]);
    return row === undefined ? undefined : { ...row, inForce: id === last?.value };
  });
  if (next !== null) return { items, next };
  if (items.length === request.limit) return { items, next: 0 }; // no policy stands before the ledger's first event
  return { items: [...items, { ...p1, inForce: last === undefined }], next };
}
