import { problemOf, PROBLEMS } from '@credence/contracts';
import type { LedgerError, ProblemDocument, Refusal } from '@credence/contracts';
import { EXIT } from './exit.js';
import { optionAt } from './options/common.js';
import { clean } from './screen/text.js';

/** The problem document of what was refused; a server's own is passed on as it is. */
export function documentOf(failure: Refusal | LedgerError): ProblemDocument {
  const own = (failure as { document?: ProblemDocument }).document;
  return own ?? problemOf(failure, crypto.randomUUID());
}

/** 3 where no ledger could be worked on, else 1. */
export const exitOf = ({ code }: ProblemDocument): number => (isOutage(code) ? EXIT.unreachable : EXIT.refused);

/** No option is wrong then, whatever the details point at. */
const isOutage = (code: ProblemDocument['code']) => PROBLEMS[code] === 503;

/** What was refused, for people: each wrong place by the name of its option. */
export function refusalText({ code, detail, errors, candidates = [] }: ProblemDocument): string {
  const places = errors.map(error => `  ${optionAt(error.pointer)}: ${error.detail}`);
  const lines = isOutage(code)
    ? [`${detail} (${code})`]
    : errors.length === 1
      ? [`${optionAt(errors[0]?.pointer ?? '')}: ${errors[0]?.detail ?? ''} (${code})`]
      : [`${detail} (${code})`, ...places];
  return `credence: ${clean([...lines, ...candidates.map(candidate => `  ${candidate}`)].join('\n'))}\n`;
}
