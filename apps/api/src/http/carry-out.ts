import type { FastifyReply } from 'fastify';
import { commandNamed, split } from '@credence/claims';
import type { CommandDefinition } from '@credence/claims';
import { isRefusal, LedgerError } from '@credence/contracts';
import type { Refusal } from '@credence/contracts';
import type { Receipt } from '@credence/kernel';
import type { Done, Ledger } from '@credence/runtime';
import type { Meta } from './meta.js';

/** A command as a route has it: one flat body. */
export interface Sent {
  /** The event in the imperative. */
  readonly command: string;
  readonly target?: string;
  /** The claim in the path, where the target lies on one. */
  readonly within?: string;
  readonly body: object;
  readonly meta: Meta;
}

/**
 * Carries a command out; status and header lines of the answer say what it came to: 201 with Location for what was
 * made, 202 where its place is not known yet, else 200.
 *
 * @throws the refusal, as the problem that it is
 */
export async function carryOut(ledger: Ledger, { command, target, within, body, meta }: Sent): Promise<Receipt> {
  const parts = split(body as Record<string, unknown>, commandNamed(command) as CommandDefinition);
  if (!('data' in parts)) throw new LedgerError('invalid-body', detailOf(parts), parts);
  const { reply, ...rest } = meta;
  const named = { ...(target === undefined ? {} : { target }), ...(within === undefined ? {} : { within }) };
  return answered(await ledger.execute({ command, ...named, ...parts, ...rest }), reply, meta.dryRun);
}

/** What a write came to, as an answer. @throws the refusal, as the problem that it is */
export function answered(done: Done | Refusal, reply: FastifyReply, dryRun: boolean): Receipt {
  if (isRefusal(done)) throw thrown(done);
  answerAs(reply, done, dryRun);
  return done.receipt;
}

const detailOf = (errors: readonly { pointer: string; detail: string }[]) =>
  errors.length === 1 && errors[0] !== undefined
    ? `${errors[0].pointer}: ${errors[0].detail}`
    : `${String(errors.length)} errors in the body`;

export const thrown = ({ refused, detail, errors, candidates }: Refusal): LedgerError =>
  new LedgerError(refused, detail, errors, candidates);

function answerAs(reply: FastifyReply, { receipt, replayed, made }: Done, dryRun: boolean): void {
  const { revision, seq, events } = receipt;
  if (replayed) void reply.header('idempotency-replayed', 'true');
  if (revision !== undefined) void reply.header('etag', `"${String(revision)}"`);
  if (dryRun) return void reply.status(200);
  if (made !== undefined) void reply.header('location', `/v1/${made.section}/${made.id}`);
  const placed = seq !== undefined || events.length === 0;
  void reply.status(!placed ? 202 : made === undefined ? 200 : 201);
}
