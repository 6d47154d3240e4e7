import type { PolicyNumbers } from '@credence/contracts';
import type { RememberingView, Row } from '@credence/kernel';

/** A policy as it was adopted. */
export interface PolicyRow extends PolicyNumbers {
  readonly id: string;
  readonly reason: string;
  readonly actor: string;
  readonly seq: number;
  readonly recordedAt: string;
}

/** The policies that were adopted; the last one is in force. */
export const policiesView = {
  name: 'policies',
  version: 1,
  tables: {
    /** id -> PolicyRow */
    policies: { key: ['text'] },
    /** seq of the adoption -> id */
    inOrder: { key: ['integer'] },
  },
  past: {
    policies: { how: 'since', seq: ({ value }: Row<PolicyRow>) => value.seq },
    inOrder: { how: 'by-seq' },
  },
  apply(event, tables) {
    if (event.type !== 'PolicyAdopted') return;
    const { data, words, actor, seq, recordedAt } = event;
    const id = event.stream.slice('policy-'.length);
    tables<PolicyRow>('policies').put([id], { id, ...data, reason: words.reason, actor, seq, recordedAt });
    tables<string>('inOrder').put([seq], id);
  },
} satisfies RememberingView;
