import { boundsOf, checkKey, orderOf } from './keys.js';
import type { Bounds } from './keys.js';
import { firstPlace, insert, lastPlace, ordered, partAt, placeOf, remove, step } from './ordered-parts.js';
import type { Compare, OrderedParts, Place } from './ordered-parts.js';
import type { Key, KeyPart, RangeOptions, Row, TableShape } from './view-store.js';

/** Rows by one key part: below the last part stand values, below the others further levels. */
interface Level {
  readonly children: Map<KeyPart, unknown>;
  /** Made when somebody first asks for an order, then kept: tables that are only looked up never pay for it. */
  order: OrderedParts | undefined;
}

/** One place on each level from the prefix down to a row. */
interface Frame extends Place {
  readonly level: Level;
  readonly order: OrderedParts;
}

const newLevel = (): Level => ({ children: new Map(), order: undefined });

/** Rows in nested maps, one per key part. `undefined` stands for: no such row. */
export class MemoryTable {
  private root = newLevel();
  private readonly compare: readonly Compare[];
  private readonly last: number;
  /** Counts changes, so that a running range notices that its places have moved. */
  private changes = 0;

  constructor(
    readonly name: string,
    private readonly shape: TableShape,
  ) {
    this.compare = shape.key.map(orderOf);
    this.last = shape.key.length - 1;
  }

  get(key: Key): unknown {
    checkKey(this.name, this.shape, key);
    let level: Level | undefined = this.root;
    for (let i = 0; i < this.last; i++) {
      level = level.children.get(key[i]!) as Level | undefined;
      if (level === undefined) return undefined;
    }
    return level.children.get(key[this.last]!);
  }

  /** @returns what stood there before */
  put(key: Key, value: unknown): unknown {
    checkKey(this.name, this.shape, key);
    let level = this.root;
    for (let i = 0; i < this.last; i++) {
      let next = level.children.get(key[i]!) as Level | undefined;
      if (next === undefined) this.add(level, i, key[i]!, (next = newLevel()));
      level = next;
    }
    const part = key[this.last]!;
    const before = level.children.get(part);
    if (before === undefined) this.add(level, this.last, part, value);
    else level.children.set(part, value);
    this.changes++;
    return before;
  }

  /** @returns what stood there before */
  delete(key: Key): unknown {
    const before = this.get(key);
    if (before === undefined) return undefined;
    const path = [this.root];
    for (let i = 0; i < this.last; i++) path.push(path[i]!.children.get(key[i]!) as Level);
    for (let i = this.last; i >= 0; i--) {
      const { children, order } = path[i]!;
      children.delete(key[i]!);
      if (order !== undefined) remove(order, key[i]!, this.compare[i]!);
      if (children.size > 0) break;
    }
    this.changes++;
    return before;
  }

  clear(): void {
    this.root = newLevel();
    this.changes++;
  }

  /** Takes over the rows of `other`. */
  adopt(other: MemoryTable): void {
    this.root = other.root;
    this.changes++;
  }

  /** Goes from row to row of the table as it is at each step: the next row after the last one given. */
  *range(options?: RangeOptions): Generator<Row<unknown>> {
    const bounds = boundsOf(this.name, this.shape, options);
    const depth = this.last + 1 - bounds.prefix.length;
    const by = bounds.reverse ? -1 : 1;
    let { rest } = bounds;
    let frames: Frame[] = [];
    let seen = -1;
    for (let given = 0; given < bounds.limit && !bounds.empty; given++) {
      if (depth === 0 && given > 0) return;
      if (seen !== this.changes) frames = this.start(bounds, rest);
      else step(frames[depth - 1]!.order, frames[depth - 1]!, by);
      seen = this.changes;
      if (!this.settle(frames, bounds)) return;
      rest = frames.map(frame => partAt(frame.order, frame)!);
      const value = depth === 0 ? this.get(bounds.prefix) : frames[depth - 1]!.level.children.get(rest[depth - 1]!);
      yield { key: [...bounds.prefix, ...rest], value };
    }
  }

  private add(level: Level, depth: number, part: KeyPart, child: unknown): void {
    level.children.set(part, child);
    if (level.order !== undefined) insert(level.order, part === 0 ? 0 : part, this.compare[depth]!); // no -0
  }

  /** Places at the first row after `rest`, as far down as rows share parts with it. */
  private start({ prefix, reverse }: Bounds, rest: Key | undefined): Frame[] {
    const frames: Frame[] = [];
    let level: Level | undefined = this.root;
    for (const part of prefix) level = level?.children.get(part) as Level | undefined;
    for (let depth = prefix.length; depth <= this.last && level !== undefined; depth++) {
      const part: KeyPart | undefined = rest?.[depth - prefix.length];
      const frame = this.frame(level, depth, reverse, part);
      frames.push(frame);
      if (part === undefined || partAt(frame.order, frame) !== part) break;
      if (depth === this.last) step(frame.order, frame, reverse ? -1 : 1);
      else level = level.children.get(part) as Level;
    }
    return frames;
  }

  /** At `part`, or else at the one after it in the direction of the range; without `part`, at the beginning. */
  private frame(level: Level, depth: number, reverse: boolean, part?: KeyPart): Frame {
    const compare = this.compare[depth]!;
    const order = (level.order ??= ordered(level.children.keys(), compare));
    if (part === undefined) return { level, order, ...(reverse ? lastPlace(order) : firstPlace()) };
    const place = placeOf(order, part, compare);
    if (reverse && partAt(order, place) !== part) step(order, place, -1);
    return { level, order, ...place };
  }

  /** Leaves levels that are exhausted and goes down to the next row. @returns whether there is one */
  private settle(frames: Frame[], { prefix, reverse }: Bounds): boolean {
    const depth = this.last + 1 - prefix.length;
    if (depth === 0) return this.get(prefix) !== undefined;
    for (;;) {
      const frame = frames.at(-1);
      if (frame === undefined) return false;
      const part = partAt(frame.order, frame);
      if (part === undefined) {
        frames.pop();
        const parent = frames.at(-1);
        if (parent !== undefined) step(parent.order, parent, reverse ? -1 : 1);
      } else if (frames.length === depth) {
        return true;
      } else {
        const below = frame.level.children.get(part) as Level;
        frames.push(this.frame(below, prefix.length + frames.length, reverse));
      }
    }
  }
}
