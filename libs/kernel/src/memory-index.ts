import { wordsOf } from './search.js';
import type { Term } from './search.js';
import type { Document, FindOptions } from './view-store.js';

interface Kept {
  readonly of: number;
  readonly weight: number;
  readonly text: string;
}

/** A full-text index in maps. Texts are cut into words when somebody first looks for one: views that nobody searches pay nothing. */
export class MemoryIndex {
  private texts = new Map<number, Kept>();
  private words = new Map<number, ReadonlySet<string>>();
  private found = new Map<string, Set<number>>();
  private readonly pending = new Set<number>();

  constructor(readonly name: string) {}

  /** @returns what stood there before */
  put(id: number, kept: Kept): Kept | undefined {
    const before = this.texts.get(id);
    this.texts.set(id, kept);
    this.pending.add(id);
    return before;
  }

  /** @returns what stood there before */
  delete(id: number): Kept | undefined {
    const before = this.texts.get(id);
    if (this.texts.delete(id)) this.pending.add(id);
    return before;
  }

  clear(): void {
    this.adopt(new MemoryIndex(this.name));
  }

  /** Takes over what `other` holds. */
  adopt(other: MemoryIndex): void {
    [this.texts, this.words, this.found] = [other.texts, other.words, other.found];
    this.pending.clear();
    for (const id of other.pending) this.pending.add(id);
  }

  find(terms: readonly Term[], { before = Infinity, limit = Infinity }: FindOptions = {}): number[] {
    const [first, ...others] = terms.map(term => this.weigh(term));
    if (first === undefined || limit < 1) return [];
    const all = [...first.keys()].filter(of => of < before && others.every(other => other.has(of)));
    return all.sort((a, b) => b - a).slice(0, limit);
  }

  weigh(term: Term): Map<number, number> {
    this.catchUp();
    const weights = new Map<number, number>();
    for (const id of this.idsOf(term)) {
      const { of, weight } = this.texts.get(id)!;
      weights.set(of, Math.max(weight, weights.get(of) ?? 0));
    }
    return weights;
  }

  hits(term: Term, last = Infinity): Omit<Document, 'words'>[] {
    this.catchUp();
    const ids = [...new Set(this.idsOf(term))].filter(id => id <= last);
    return ids.map(id => {
      const { of, weight } = this.texts.get(id)!;
      return { id, of, weight };
    });
  }

  *documents(): Generator<Document> {
    for (const id of [...this.texts.keys()].sort((a, b) => a - b)) {
      const { of, weight, text } = this.texts.get(id)!;
      yield { id, of, weight, words: wordsOf(text).join(' ') };
    }
  }

  private *idsOf({ word, prefix }: Term): Generator<number> {
    if (!prefix) return yield* this.found.get(word) ?? [];
    for (const [known, ids] of this.found) if (known.startsWith(word)) yield* ids;
  }

  private catchUp(): void {
    for (const id of this.pending) {
      for (const word of this.words.get(id) ?? []) {
        const ids = this.found.get(word);
        ids?.delete(id);
        if (ids?.size === 0) this.found.delete(word);
      }
      const text = this.texts.get(id)?.text;
      if (text === undefined) {
        this.words.delete(id);
        continue;
      }
      const words = new Set(wordsOf(text));
      this.words.set(id, words);
      for (const word of words) {
        const ids = this.found.get(word);
        if (ids === undefined) this.found.set(word, new Set([id]));
        else ids.add(id);
      }
    }
    this.pending.clear();
  }
}
