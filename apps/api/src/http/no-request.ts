import type { Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { LedgerError, problemOf } from '@credence/contracts';
import type { ProblemCode } from '@credence/contracts';
import { PROBLEM_TYPE } from './problem.filter.js';

const CODES: Readonly<Record<string, ProblemCode>> = { HPE_HEADER_OVERFLOW: 'too-large' };
const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 413: 'Content Too Large' };
const LINGER_MS = 1000;

/** Answers what is no HTTP request, as a problem; and hangs up, though not before it can have been read. */
export function answerNoRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code = CODES[error.code ?? ''] ?? 'invalid-body';
  const problem = problemOf(new LedgerError(code, 'this is no HTTP request'), randomUUID());
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${String(problem.status)} ${REASONS[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    `Credence-Correlation-Id: ${problem.correlationId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}
