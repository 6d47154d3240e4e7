import { Type } from '@sinclair/typebox';
import * as fields from '../fields.js';
import { Closed, event, Id, OneOf, Reason } from '../schema.js';
import { GRADES } from '../vocabulary.js';

export const SourceRegistered = event('SourceRegistered', fields.source);

export const SourceDescribed = event('SourceDescribed', {
  data: { ...fields.change.data, set: Closed(fields.sourceDescription.data) },
  words: { ...fields.change.words, set: Closed(fields.sourceDescription.words) },
});

export const SourceGraded = event('SourceGraded', { data: { grade: OneOf(GRADES) }, words: { reason: Reason } });

export const SourceRetracted = event('SourceRetracted', {
  data: { retraction: Id, ...fields.withdrawal.data },
  words: fields.withdrawal.words,
  makes: 'retraction',
});

export const SourceReinstated = event('SourceReinstated', {
  data: { retraction: Type.String({ pattern: Id.pattern as string, 'x-ref': 'changes' }) },
  words: { reason: Reason },
});

/** Without `text` there is none: the document is of a kind that has none for us, or nobody wanted it. */
export const CaptureTaken = event('CaptureTaken', {
  data: { ...fields.capture.data, text: Type.Optional(fields.CapturedText) },
  words: fields.capture.words,
  makes: 'sha256',
});
