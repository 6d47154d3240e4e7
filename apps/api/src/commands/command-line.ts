import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { check, Closed, LedgerError } from '@credence/contracts';
import type { CommandRequest } from '@credence/runtime';
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

/** The command on a line. @throws too-large, invalid-body */
export function commandOn(line: Uint8Array | undefined, meta: LineMeta): CommandRequest {
  if (line === undefined) throw new LedgerError('too-large', `a line is at most ${String(JSON_LIMIT_BYTES)} bytes`);
  const sent = jsonObject(line);
  const wrong = check(CommandLine, sent);
  if (wrong.length > 0)
    throw new LedgerError(
      'invalid-body',
      wrong.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
      wrong,
    );
  return { ...(sent as Static<typeof CommandLine>), ...meta };
}
