import type { Section } from '@credence/contracts';
import { nameOf } from './entries.js';
import type { Entry, Findings } from './entries.js';
import type { Place } from './pointer.js';

/** Entries while they are gathered: of two with one key the first stands, even if it is wrong. */
export class Gathered {
  readonly entries = new Map<string, Entry>();
  readonly rejected = new Set<string>();
  readonly unsound: { readonly key: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  private readonly places = new Map<string, () => Place>();

  constructor(readonly findings: Findings) {}

  /** Whether the name is free; if not, that is reported, at the key. */
  claim(section: Section, key: string, at: () => Place): boolean {
    const name = nameOf({ section, key });
    const first = this.places.get(name);
    if (first === undefined) {
      this.places.set(name, at);
      return true;
    }
    this.findings.add(at(), {
      code: 'duplicate-key',
      detail: `key "${key}" twice in ${section}; first on line ${String(first().line)}`,
      found: `"${key}"`,
      wanted: 'a key that no other entry of the section has',
    });
    return false;
  }

  add(entry: Entry): void {
    this.entries.set(nameOf(entry), entry);
  }

  /** Something is wrong with it; what can be read of it still says which assertion a hop means. */
  reject(section: Section, key: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.rejected.add(nameOf({ section, key }));
    if (section === 'assertions') this.unsound.push({ key, fields });
  }
}
