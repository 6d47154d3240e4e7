import type { FastifyReply } from 'fastify';

/** Whatever somebody captured, a browser that shows it runs nothing of it and gives it no origin (CSP3, `sandbox`). */
export function neverRun(reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
}

/** Shown where it stands; everything else is saved: pages, drawings, documents that may hold scripts. */
const SHOWN = /^(text\/(plain|csv|markdown|x-tex)|image\/(png|jpeg|gif|webp))$/;

const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': '.json',
  'application/pdf': '.pdf',
  'application/xhtml+xml': '.xhtml',
  'application/xml': '.xml',
  'image/svg+xml': '.svg',
  'text/html': '.html',
  'text/xml': '.xml',
};

/** Header lines of the bytes under their media type. A text without charset says that none was given. */
export function sentAs(mediaType: string, sha256: string): Record<string, string> {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const name = `${sha256.slice(0, 16)}${ENDINGS[type] ?? ''}`;
  return {
    'content-type': mediaType,
    'content-disposition': SHOWN.test(type) ? 'inline' : `attachment; filename="${name}"`,
  };
}
