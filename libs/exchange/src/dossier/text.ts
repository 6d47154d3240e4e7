import { MAX_DOSSIER_BYTES } from '@credence/contracts';

/** Why a file is no text. */
export interface Unreadable {
  readonly code: 'too-large' | 'not-utf-8' | 'binary' | 'not-readable';
  readonly detail: string;
  readonly found?: string;
  readonly wanted?: string;
  /** 1-based. */
  readonly line?: number;
}

/** The text of a dossier file: UTF-8, byte order mark and carriage returns gone; or why it has none. */
export function textOf(bytes: Uint8Array): string | Unreadable {
  if (bytes.length > MAX_DOSSIER_BYTES)
    return {
      code: 'too-large',
      detail: `the file has ${String(bytes.length)} bytes, and at most ${String(MAX_DOSSIER_BYTES)} are read`,
      found: `${String(bytes.length)} bytes`,
      wanted: `at most ${String(MAX_DOSSIER_BYTES)} bytes; divide it into several dossiers`,
    };
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (utf16) return { code: 'not-utf-8', detail: 'the file is UTF-16', found: 'UTF-16', wanted: 'text in UTF-8' };
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    return {
      code: 'binary',
      detail: `the file is not text: byte ${String(zero)} is NUL`,
      found: 'a binary file',
      wanted: 'a dossier: YAML or JSON in UTF-8',
    };
  try {
    return withoutReturns(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return {
      code: 'not-utf-8',
      detail: 'the file is not valid UTF-8',
      found: 'bytes that are no UTF-8',
      wanted: 'text in UTF-8',
    };
  }
}

/** Line ends as YAML counts them (1.2.2 §5.4): LF, CR LF, CR. */
export const withoutReturns = (text: string): string => (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text);
