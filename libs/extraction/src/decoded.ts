import { Stopped, unreadable } from './extracted.js';

/** Bytes of an HTML or XML file in which a declaration of its encoding must stand (HTML Standard, 13.2.3.2). */
const PRESCAN_BYTES = 1024;

/** A byte order mark says the encoding, whatever else is said (Encoding Standard, "BOM sniff"). */
const MARKS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/**
 * The text that bytes are in the encoding that they are said to have: by a byte order mark, by the charset of the media
 * type, by the declaration inside (`declares`: HTML, XML), else in UTF-8. Nothing is guessed, and nothing replaced: bytes
 * that are no text in that encoding are an error.
 *
 * @param charset - of the media type
 * @throws Stopped - `encoding`
 */
export function decoded(bytes: Uint8Array, charset: string | undefined, declares = false): string {
  const marked = MARKS.find(([, ...mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const named = marked ?? charset ?? (declares ? declaredIn(bytes) : undefined);
  const label = named ?? 'utf-8';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    throw new Stopped(unreadable('encoding', `no encoding is called "${label}"`));
  }
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new Stopped(unreadable('encoding', notText(bytes, label, named !== undefined)));
  }
  const nul = text.indexOf('\0');
  if (nul >= 0)
    throw new Stopped(
      unreadable('encoding', `holds a NUL character, the ${String(nul + 1)}th: no text in ${label}${askFor(bytes)}`),
    );
  return text;
}

function notText(bytes: Uint8Array, label: string, said: boolean): string {
  const at = decoder8(label) ? firstBad(bytes) : undefined;
  const byte = at === undefined ? undefined : bytes[at];
  const where =
    at === undefined || byte === undefined ? '' : `: byte ${String(at)} is 0x${byte.toString(16).padStart(2, '0')}`;
  return `is no text in ${label}${where}${said ? '' : askFor(bytes)}`;
}

const askFor = (bytes: Uint8Array) =>
  `; say which encoding it has, as in the media type text/plain; charset=${likely(bytes)}`;

/** For an example in a message, never to decode by. */
function likely(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, PRESCAN_BYTES);
  const nulAt = (parity: number) => sample.filter((byte, at) => byte === 0 && at % 2 === parity).length;
  if (nulAt(1) > sample.length / 4) return 'utf-16le';
  return nulAt(0) > sample.length / 4 ? 'utf-16be' : 'windows-1252';
}

const decoder8 = (label: string) => /^utf-?8$/i.test(label);

/** Where the first byte stands that is no UTF-8. */
function firstBad(bytes: Uint8Array): number | undefined {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let from = 0;
  for (let at = lenient.indexOf('\ufffd'), seen = 0; at >= 0; at = lenient.indexOf('\ufffd', at + 1)) {
    from += encoder.encode(lenient.slice(seen, at)).length;
    const real = bytes[from] === 0xef && bytes[from + 1] === 0xbf && bytes[from + 2] === 0xbd;
    if (!real) return from;
    from += 3;
    seen = at + 1;
  }
  return undefined;
}

/** `<meta charset>`, `<meta http-equiv>`, `<?xml encoding>`. A declaration in ASCII contradicts UTF-16: it is UTF-8 then. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN_BYTES)).replace(/<!--[\s\S]*?-->/g, '');
  const found =
    /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/i.exec(head)?.[1] ??
    /<meta\s[^>]*charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(head)?.[1];
  return found !== undefined && /^utf-?16/i.test(found) ? 'utf-8' : found;
}
