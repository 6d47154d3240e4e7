import { applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiQuery, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.js';
import { ReceiptDto } from './receipt.dto.js';

const problems = (...statuses: readonly number[]) => [
  ApiExtraModels(ProblemDto),
  ...statuses.map(status =>
    ApiResponse({
      status,
      description: PROBLEM_OF[status] ?? 'A problem.',
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  ),
];

const PROBLEM_OF: Readonly<Record<number, string>> = {
  400: 'The request itself is wrong.',
  404: 'Nothing is called that.',
  409: "The ledger's state forbids it, or a reference has several candidates.",
  412: 'The revision in If-Match is not the present one.',
  413: 'Too large.',
  415: 'Not a media type that this route takes.',
  422: 'The body names something that does not exist.',
  503: 'Not now; Retry-After says when.',
};

/** A read that answers `type`. */
export const Reads = (type: Type, description: string) =>
  applyDecorators(ApiResponse({ status: 200, type, description }), ...problems(400, 404, 409, 503));

/** A read that answers plain text. */
export const ReadsText = (description: string) =>
  applyDecorators(
    ApiResponse({ status: 200, description, content: { 'text/plain': { schema: { type: 'string' } } } }),
    ...problems(404, 503),
  );

/** Header lines, parameters and refusals of every write. */
export const WriteHeaders = () =>
  applyDecorators(
    ApiHeader({
      name: 'Credence-Actor',
      required: true,
      description: 'Who makes this change: a handle, 1 to 128 visible ASCII characters.',
    }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key and content again: the first receipt, and nothing written.',
    }),
    ApiQuery({
      name: 'dryRun',
      required: false,
      schema: { type: 'boolean', default: false },
      description: 'Say what would be recorded; write nothing.',
    }),
    ...problems(400, 404, 409, 412, 413, 415, 422, 503),
  );

/** A write on something that exists: 200, or 202 where a cluster has not yet placed it. */
export const Writes = (description: string) =>
  applyDecorators(
    WriteHeaders(),
    ApiHeader({ name: 'If-Match', required: false, description: 'The revision that the caller saw, as in ETag: "3".' }),
    ApiResponse({ status: 200, type: ReceiptDto, description }),
    ApiResponse({ status: 202, type: ReceiptDto, description: 'Recorded; its seq is not known yet.' }),
  );

/** A write that makes something with an address of its own. */
export const Makes = (description: string) =>
  applyDecorators(
    WriteHeaders(),
    ApiResponse({
      status: 201,
      type: ReceiptDto,
      description,
      headers: { Location: { schema: { type: 'string' } }, ETag: { schema: { type: 'string' } } },
    }),
    ApiResponse({ status: 202, type: ReceiptDto, description: 'Recorded; its seq is not known yet.' }),
  );
