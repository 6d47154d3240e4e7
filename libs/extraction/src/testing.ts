import { deflateSync } from 'node:zlib';

/** A small PDF with a line of text on each page, for tests. `labels`: the style of page labels (PDF 32000-1, 12.4.2). */
export function pdfOf(
  lines: readonly string[],
  options: { readonly labels?: 'D' | 'r'; readonly from?: number } = {},
): Uint8Array {
  const text = (line: string) => `BT /F1 12 Tf 72 720 Td (${line.replace(/[\\()]/g, '\\$&')}) Tj ET`;
  return pdfOfStreams(
    lines.map(line => deflateSync(Buffer.from(text(line), 'latin1'))),
    options,
  );
}

/** A PDF whose pages have these streams, compressed already. */
export function pdfOfStreams(
  streams: readonly Uint8Array[],
  { labels, from = 1 }: { readonly labels?: 'D' | 'r'; readonly from?: number } = {},
): Uint8Array {
  const kids = streams.map((_, i) => `${String(4 + 2 * i)} 0 R`).join(' ');
  const numbering = labels === undefined ? '' : `/PageLabels << /Nums [0 << /S /${labels} /St ${String(from)} >>] >>`;
  const objects: Buffer[] = [
    `<< /Type /Catalog /Pages 2 0 R ${numbering} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${String(streams.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ].map(object => Buffer.from(object, 'latin1'));
  for (const [i, stream] of streams.entries()) {
    const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(5 + 2 * i)} 0 R >>`;
    const head = `<< /Length ${String(stream.length)} /Filter /FlateDecode >>\nstream\n`;
    objects.push(Buffer.from(page, 'latin1'));
    objects.push(Buffer.concat([Buffer.from(head, 'latin1'), stream, Buffer.from('\nendstream')]));
  }
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  for (const [i, object] of objects.entries()) {
    const whole = Buffer.concat([Buffer.from(`${String(i + 1)} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    offsets.push(at);
    at += whole.length;
    parts.push(whole);
  }
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${String(at)}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
