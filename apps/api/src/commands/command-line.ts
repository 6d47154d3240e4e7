import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { check, Closed, isRefusal, LedgerError, problemOf } from '@credence/contracts';
import type { ProblemDocument } from '@credence/contracts';
import type { Receipt } from '@credence/kernel';
import type { Ledger } from '@credence/runtime';
import { JSON_LIMIT_BYTES } from '../http/bodies.js';
import { jsonObject } from '../http/json-object.js';

/** A line of `POST /v1/commands` (WIRE.md, "Bodies of writes"). What data and words hold, the command's own schemas say. */
export const CommandLine = Closed({
  command: Type.String(),
  target: Type.Optional(Type.String()),
  commandId: Type.Optional(
    Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' }),
  ),
  data: Type.Object({}),
  words: Type.Object({}),
});

export interface LineMeta {
  readonly actor: string;
  readonly correlationId: string;
  readonly dryRun: boolean;
}

/**
 * Carries out one line: its receipt, or the problem that it is.
 *
 * @throws what is a bug; an outage is a problem of this line
 */
export async function carryOutLine(
  ledger: Ledger,
  line: Uint8Array | undefined,
  meta: LineMeta,
): Promise<Receipt | ProblemDocument> {
  if (line === undefined) throw new LedgerError('too-large', `a line is at most ${String(JSON_LIMIT_BYTES)} bytes`);
  const sent = jsonObject(line);
  const wrong = check(CommandLine, sent);
  if (wrong.length > 0)
    throw new LedgerError(
      'invalid-body',
      wrong.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
      wrong,
    );
  const done = await ledger.execute({ ...(sent as Static<typeof CommandLine>), ...meta });
  return isRefusal(done) ? problemOf(done, meta.correlationId) : done.receipt;
}
