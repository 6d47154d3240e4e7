import type { Static, TObject } from '@sinclair/typebox';
import type { policy } from './fields.js';

/** The numbers of the belief model by name (BELIEF.md §2, §3, §6). */
export type PolicyNumbers = Static<TObject<typeof policy.data>>;

/** A policy: the numbers, and the id that every core computed with them names. */
export type Policy = PolicyNumbers & { readonly id: string };

/** The policy that is built in: conventions, not calibrated facts. */
export const p1: Policy = {
  id: 'p1',
  weight: 2,
  baseRate: '.5',
  trust: { A: '.95', B: '.75', C: '.50', D: '.25', E: '.05', F: '.50', G: '0' }, // MISP admiralty-scale / 100, clamped
  trustUnnamed: '.50',
  pooledGrades: ['D', 'E', 'F', 'G'],
  stances: {
    asserts: ['1', '0'],
    denies: ['0', '1'],
    implies: ['.6', '0'],
    likely: ['.6', '0'],
    believes: ['.6', '0'],
    apparently: ['.6', '0'],
    'no-recall': ['0', '0'],
    'no-comment': ['0', '0'],
    'not-established': ['0', '0'],
    'spoke-unseen': ['0', '0'],
    'no-recall-expected': ['0', '.25'],
  },
  relays: { verbatim: '1', paraphrase: '.95', translation: '.9', inferred: '.8', contested: '.5' },
  defaultRelay: 'paraphrase',
  unstatedShare: '.5',
  contradictionShare: '.5',
  originThreshold: '.4',
  independentChains: 2,
  thinBelow: '.75',
  lopsidedBelow: '.10',
  confidence: { high: '.15', moderate: '.40' },
};
