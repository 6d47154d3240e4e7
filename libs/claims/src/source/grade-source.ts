import { OneOf, Reason, vocabulary } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { notFound } from '../refusals.js';

/** Grades the reliability of a source from now on; what was believed before keeps the grade of its time. */
export const GradeSource = command(
  'GradeSource',
  { category: 'source', target: 'sources' },
  { data: { grade: OneOf(vocabulary.GRADES) }, words: { reason: Reason } },
  ({ data, words, target }, source) => {
    if (!source.exists) return notFound('source', target);
    if (source.grade?.grade === data.grade && source.grade.reason === words.reason) return NOTHING;
    return { type: 'SourceGraded', data, words };
  },
);
