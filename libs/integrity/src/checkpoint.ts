import { fromBase64, fromHex, toBase64, toHex } from './bytes.js';
import { coded } from './errors.js';
import { HASH_BYTES } from './merkle-tree.js';

/** What a log was at one size (C2SP tlog-checkpoint): the text of a note that its key signs. */
export interface LogCheckpoint {
  /** The log's name, also that of its key. */
  readonly origin: string;
  readonly size: number;
  /** Root of the RFC 6962 tree over the first `size` leaves, hexadecimal. */
  readonly root: string;
}

export const formatCheckpoint = ({ origin, size, root }: LogCheckpoint): string =>
  `${origin}\n${String(size)}\n${toBase64(fromHex(root))}\n`;

/**
 * The first three lines; extension lines may follow.
 *
 * @throws bad-checkpoint - not a checkpoint, or its size is beyond what a number here holds
 */
export function parseCheckpoint(text: string): LogCheckpoint {
  const [, origin = '', digits = '', data = ''] = /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n/.exec(text) ?? [];
  const size = Number(digits);
  const root = rootIn(data);
  if (origin === '' || root === undefined || !Number.isSafeInteger(size))
    throw coded('bad-checkpoint', 'wanted an origin, a size and a root of 32 bytes in base64, a line each');
  return { origin, size, root };
}

function rootIn(base64: string): string | undefined {
  try {
    const bytes = fromBase64(base64);
    return bytes.length === HASH_BYTES ? toHex(bytes) : undefined;
  } catch {
    return undefined;
  }
}
