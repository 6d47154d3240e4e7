/** How a document is read. */
export type Kind = 'text' | 'xml' | 'csv' | 'html' | 'pdf';

const BY_TYPE: Readonly<Record<string, Kind>> = {
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
  'application/xhtml+xml': 'html',
  'text/html': 'html',
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/json': 'text',
  'application/ld+json': 'text',
  'application/x-ndjson': 'text',
  'application/yaml': 'text',
  'application/x-tex': 'text',
  'application/x-latex': 'text',
  'text/xml': 'xml',
  'application/xml': 'xml',
};

/** Whether documents of this media type have a text for us. */
export const hasText = (mediaType: string): boolean => kindOf(mediaType) !== undefined;

/** By the media type, parameters aside; every other `text/…` is the decoded file. Undefined: nothing to read. */
export function kindOf(mediaType: string): Kind | undefined {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return BY_TYPE[type] ?? (type.startsWith('text/') ? 'text' : undefined);
}
