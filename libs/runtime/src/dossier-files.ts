import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

/**
 * The files that a dossier names under `captures`, each once, in its order. A dossier that cannot be read names none:
 * whoever imports it says what is wrong with it.
 */
export function filesNamed(dossier: Uint8Array): string[] {
  try {
    const { contents } = parseDocument(new TextDecoder('utf-8', { fatal: true }).decode(dossier), { version: '1.2' });
    const captures = isMap(contents) ? contents.get('captures', true) : undefined;
    if (!isSeq(captures)) return [];
    const files = captures.items.map(item => (isMap(item) ? item.get('file', true) : undefined));
    return [...new Set(files.flatMap(file => (isScalar(file) && typeof file.value === 'string' ? [file.value] : [])))];
  } catch {
    return [];
  }
}
