import { boundsOf } from '@credence/time';
import { shown } from '@credence/contracts';
import type { Entry, Findings } from './entries.js';
import type { Path } from './pointer.js';
import { isRecord, itemsOf, objectBranch, own, shortOf } from './schema-walk.js';
import type { Schema } from './schema-walk.js';

/** Warns of every date in an entry that cannot be read; it is kept as written, with unknown bounds. */
export function unreadableDates(entry: Entry, warnings: Findings): void {
  const { section, schema, fields } = entry;
  const warn = (edtf: string, path: Path) => {
    if (boundsOf(edtf).readable) return;
    warnings.add(entry.place(path), {
      code: 'unreadable-date',
      detail: `not a date we can read, kept as written: ${shown(edtf)}; its bounds are unknown`,
      found: shown(edtf),
      wanted: 'EDTF, such as 2019-04-18, 2019-04~, "[2019-04-18..2019-04-24]", or unknown',
    });
  };
  const walk = (value: unknown, at: Schema, path: Path): void => {
    if (Array.isArray(value)) {
      const items = itemsOf(at);
      if (items !== undefined) value.forEach((item, i) => walk(item, items, [...path, String(i)]));
      return;
    }
    if (!isRecord(value)) return;
    if (shortOf(at) === 'edtf') {
      if (typeof value['edtf'] === 'string') warn(value['edtf'], [...path, 'edtf']);
      return;
    }
    const properties = objectBranch(at, value)?.properties;
    for (const [name, inner] of Object.entries(value)) {
      const field = own(properties, name);
      if (field !== undefined) walk(inner, field, [...path, name]);
    }
  };
  walk(fields, schema, []);
  const cite = fields['cite'];
  if (section === 'sources' && isRecord(cite) && typeof cite['issued'] === 'string')
    warn(cite['issued'], ['cite', 'issued']);
}
