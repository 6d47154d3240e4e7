import type { StatusCode } from './status.js';
import type { Numbers } from './policy.js';
import { compare, decimal, type Rational } from './rational.js';
import type { Exact } from './totals.js';

export type Confidence = 'high' | 'moderate' | 'low';

/** From u; always said in a sentence of its own (BELIEF.md §6). */
export function confidenceOf({ u }: Exact, { confidence }: Numbers): Confidence {
  if (compare(u, confidence.high) <= 0) return 'high';
  return compare(u, confidence.moderate) <= 0 ? 'moderate' : 'low';
}

/** The bands of ICD 203 (2015, §D.6.e.2.a), as BELIEF.md §6 draws their borders. */
const BANDS: readonly { readonly word: string; readonly within: (P: Rational) => boolean }[] = [
  { word: 'almost no chance', within: below('.05') },
  { word: 'very unlikely', within: below('.20') },
  { word: 'unlikely', within: below('.45') },
  { word: 'roughly even chance', within: upTo('.55') },
  { word: 'likely', within: upTo('.80') },
  { word: 'very likely', within: upTo('.95') },
  { word: 'almost certain', within: () => true },
];

function below(limit: string) {
  return (P: Rational) => compare(P, decimal(limit)) < 0;
}

function upTo(limit: string) {
  return (P: Rational) => compare(P, decimal(limit)) <= 0;
}

/**
 * A word of probability, for corroborated and refuted claims with at least moderate confidence only, and never for an
 * opinion or a counterfactual.
 */
export function probabilityOf(code: StatusCode, form: string | undefined, opinion: Exact, numbers: Numbers) {
  if (code !== 'corroborated' && code !== 'refuted') return undefined;
  if (form === 'opinion' || form === 'counterfactual') return undefined;
  if (confidenceOf(opinion, numbers) === 'low') return undefined;
  return BANDS.find(({ within }) => within(opinion.P))?.word;
}
