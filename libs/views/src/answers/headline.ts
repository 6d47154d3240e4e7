import type { BeliefRow } from '../belief.view.js';
import type { ClaimRow } from '../claim-row.js';
import { isStanding } from '../retractions.js';
import type { SourceRow } from '../source-row.js';
import type { ReadModel } from './model.js';

/**
 * The belief in a sentence or two for a first screen: status, whose word it is, what speaks against it. No number but counts
 * of people, no grade letter, no rule name.
 */
export function headlineOf(claim: string, believed: BeliefRow, model: ReadModel): string {
  return [sentenceOf(claim, believed, model), ...weakOf(believed)].join(' ');
}

/** What moves the numbers only, and still has to be seen. */
function weakOf({ weak }: BeliefRow): string[] {
  const onFile = (n: number, what: string) => (n === 0 ? [] : [`${String(n)} ${what}${n === 1 ? '' : 's'} on file.`]);
  return [...onFile(weak.against, 'doubt'), ...onFile(weak.for, 'hint')];
}

function sentenceOf(claim: string, believed: BeliefRow, model: ReadModel): string {
  const { code } = believed.status;
  const names = (sources: readonly string[]) => [...new Set(sources.map(source => readerName(source, model)))];
  const speakers = { for: names(believed.voices.for), against: names(believed.voices.against) };
  switch (code) {
    case 'superseded':
      return 'Superseded: another claim replaces this one.';
    case 'retracted':
      return retractedBy(claim, model);
    case 'refuted':
      return `Refuted: ${named(speakers.against)} deny it independently, and nobody named stands for it.`;
    case 'disputed':
      return `Disputed: ${named(speakers.for)} for it, ${named(speakers.against)} against it.`;
    case 'denied':
      return `Denied by ${named(speakers.against)}; nobody named stands for it.`;
    case 'corroborated':
      return `Corroborated: ${named(speakers.for)}, independently.`;
    case 'attributed':
      return believed.status.qualifiers.includes('derived-only')
        ? 'Derived from other claims; nobody named asserts it.'
        : `Attributed to ${named(speakers.for)}.`;
    case 'asserted':
      return `Asserted by ${named(speakers.for)}; how they know is not stated.`;
    case 'anonymous':
      return 'Asserted by unnamed sources only.';
    case 'unverified':
      return believed.status.qualifiers.includes('circular')
        ? 'Unverified: those who repeat it have it from each other.'
        : believed.mentions === 0
          ? 'Not yet asserted by anybody whose document we hold.'
          : 'Unverified: nobody who could know has been traced.';
  }
}

function retractedBy(claim: string, model: ReadModel): string {
  const standing = model.claims<ClaimRow>('claims').get([claim])?.retractions.find(isStanding);
  switch (standing?.by) {
    case 'ledger':
      return 'Retracted: taken back by those who keep this record.';
    case 'publisher':
      return 'Retracted by its publisher.';
    default:
      return 'Retracted: whoever stood for it has withdrawn it.';
  }
}

/** The public name; of a source that is not named publicly, how it is described. */
export function readerName(source: string, model: ReadModel): string {
  const fields = model.sources<SourceRow>('sources').get([source])?.fields as
    { name: string; named: string; describedAs?: string } | undefined;
  if (fields === undefined) return 'an unknown source';
  return fields.named === 'publicly' ? fields.name : (fields.describedAs ?? 'an unnamed source');
}

/** "A", "A and B", "A, B and 3 more". */
function named(names: readonly string[]): string {
  if (names.length === 0) return 'nobody';
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${String(names.length - 2)} more`;
}
