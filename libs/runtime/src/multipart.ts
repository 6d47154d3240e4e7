import { randomUUID } from 'node:crypto';

export interface Part {
  readonly name: string;
  /** Absent: a field. */
  readonly filename?: string;
  /** Default `application/octet-stream`. */
  readonly mediaType?: string;
  readonly bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array;
}

/** A multipart/form-data body (RFC 7578), written while it is sent: no part is held in memory whole. */
export function multipart(parts: AsyncIterable<Part>): {
  readonly type: string;
  readonly body: AsyncIterable<Uint8Array>;
} {
  const boundary = `credence-${randomUUID()}`;
  return { type: `multipart/form-data; boundary=${boundary}`, body: written(parts, boundary) };
}

async function* written(parts: AsyncIterable<Part>, boundary: string): AsyncGenerator<Uint8Array> {
  for await (const { name, filename, mediaType = 'application/octet-stream', bytes } of parts) {
    const file = filename === undefined ? '' : `; filename="${escaped(filename)}"\r\nContent-Type: ${mediaType}`;
    yield utf8(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"${file}\r\n\r\n`);
    if (bytes instanceof Uint8Array) yield bytes;
    else yield* bytes;
    yield utf8('\r\n');
  }
  yield utf8(`--${boundary}--\r\n`);
}

/** As the HTML standard writes names into a form: the three characters that would end them. */
const escaped = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const utf8 = (text: string) => new TextEncoder().encode(text);
