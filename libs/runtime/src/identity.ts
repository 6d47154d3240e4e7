import { randomUUID } from 'node:crypto';
import { base32, canonicalize, hmacSha256, toHex, uuid8 } from '@credence/integrity';
import { primitives } from './primitives.js';

/** Names that are stable, and that nobody outside can confirm: HMAC-SHA256 under the ledger's id salt (WIRE.md, "Ids"). */
export interface Identity {
  /** Of a thing that a command makes. `stream` is empty where the thing is the subject of a new stream. */
  thing(kind: string, stream: string, commandId: string): string;
  /** Of a dossier's entry. */
  entry(dossier: string, section: string, key: string): string;
  /** Of a command: from its `Idempotency-Key`, else random. */
  command(idempotencyKey?: string): string;
  /** Of the command that imports one content of an entry after `lastEvent`, so that A, B, A, B are four edits. */
  importCommand(dossier: string, section: string, key: string, contentHash: string, lastEvent: string): string;
  /** Of a command as sent: what makes a repeat the same. */
  commandHash(content: unknown): string;
  /** Of an entry's content, for "was it edited?". Nobody can guess the words from it. */
  contentHash(content: unknown): string;
}

export function identity(idSalt: Uint8Array): Identity {
  const hmac = hmacSha256(idSalt, primitives.sha256);
  const id = (...lines: string[]) => base32(hmac(lines.join('\n')).subarray(0, 16));
  const uuid = (...lines: string[]) => uuid8(hmac(lines.join('\n')).subarray(0, 16));
  return {
    thing: (kind, stream, commandId) => id('id', kind, stream, commandId),
    entry: (dossier, section, key) => id('entry', dossier, section, key),
    command: key => (key === undefined ? randomUUID() : uuid('key', key)),
    importCommand: (dossier, section, key, contentHash, lastEvent) =>
      uuid('import', dossier, section, key, contentHash, lastEvent),
    commandHash: content => toHex(hmac(canonicalize(content))),
    contentHash: content => toHex(hmac(`content\n${canonicalize(content)}`)),
  };
}
