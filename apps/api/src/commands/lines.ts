const LINE_FEED = 0x0a;

/**
 * The lines of a byte stream, without their line feeds, each at most `limit` bytes; blank ones are left out.
 *
 * @returns undefined in place of a line that is longer
 */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array | undefined> {
  let parts: Uint8Array[] = [];
  let size = 0;
  const taken = (): Uint8Array | undefined => {
    const line = size > limit ? undefined : Buffer.concat(parts);
    parts = [];
    size = 0;
    return line;
  };
  const add = (part: Uint8Array) => {
    size += part.length;
    if (size > limit) parts = [];
    else parts.push(part);
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      const line = taken();
      if (line === undefined || !isBlank(line)) yield line;
    }
    add(chunk.subarray(from));
  }
  const last = taken();
  if (last === undefined || !isBlank(last)) yield last;
}

const isBlank = (line: Uint8Array) => line.every(byte => byte === 0x20 || byte === 0x09 || byte === 0x0d);
