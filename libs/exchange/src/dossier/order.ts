import type { Surveyed } from './survey.js';

/** Entries in the order in which they are recorded, and what of each must be left for later: it closes a ring. */
export interface Order {
  readonly list: readonly Surveyed[];
  /** By name: the names of entries that could not be recorded before it. */
  readonly closing: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Puts what is relied on first and keeps file order otherwise. A ring is opened at the first of its members in the file.
 *
 * @param under - what an entry relies on, among `items`
 */
export function inOrder(items: readonly Surveyed[], under: (item: Surveyed) => readonly Surveyed[]): Order {
  const place = new Map(items.map((item, i) => [item, i]));
  const waitsFor = items.map(item => new Set(under(item).flatMap(below => place.get(below) ?? [])));
  waitsFor.forEach((set, i) => set.delete(i));
  const above: number[][] = items.map(() => []);
  waitsFor.forEach((set, i) => {
    for (const below of set) (above[below] as number[]).push(i);
  });
  const closing = new Map<string, Set<string>>();
  const list: Surveyed[] = [];
  const done = new Set<number>();
  const ready = new Heap();
  const take = (i: number) => {
    done.add(i);
    list.push(items[i] as Surveyed);
    for (const next of above[i] as number[]) {
      const set = waitsFor[next] as Set<number>;
      if (set.delete(i) && set.size === 0 && !done.has(next)) ready.push(next);
    }
  };
  waitsFor.forEach((set, i) => {
    if (set.size === 0) ready.push(i);
  });
  for (let first = 0; ;) {
    for (let i = ready.pop(); i !== undefined; i = ready.pop()) take(i);
    while (done.has(first)) first++;
    if (first >= items.length) return { list, closing };
    const opened = firstOfRing(first, waitsFor);
    const left = [...(waitsFor[opened] as Set<number>)];
    closing.set((items[opened] as Surveyed).name, new Set(left.map(i => (items[i] as Surveyed).name)));
    (waitsFor[opened] as Set<number>).clear();
    take(opened);
  }
}

/** Everything left waits: whoever follows the waiting comes into a ring. */
function firstOfRing(from: number, waitsFor: readonly ReadonlySet<number>[]): number {
  const seen = new Map<number, number>();
  const path: number[] = [];
  let at = from;
  while (!seen.has(at)) {
    seen.set(at, path.length);
    path.push(at);
    at = Math.min(...(waitsFor[at] as ReadonlySet<number>));
  }
  return Math.min(...path.slice(seen.get(at)));
}

/** The smallest number first. */
class Heap {
  private readonly numbers: number[] = [];

  push(number: number): void {
    const { numbers } = this;
    let at = numbers.push(number) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((numbers[parent] as number) <= number) break;
      numbers[at] = numbers[parent] as number;
      at = parent;
    }
    numbers[at] = number;
  }

  pop(): number | undefined {
    const { numbers } = this;
    const top = numbers[0];
    const last = numbers.pop();
    if (numbers.length === 0 || last === undefined) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= numbers.length) break;
      if (child + 1 < numbers.length && (numbers[child + 1] as number) < (numbers[child] as number)) child++;
      if ((numbers[child] as number) >= last) break;
      numbers[at] = numbers[child] as number;
      at = child;
    }
    numbers[at] = last;
    return top;
  }
}
