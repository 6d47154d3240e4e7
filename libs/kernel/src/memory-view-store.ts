import { LedgerError } from '@credence/contracts';
import { checkDocument, checkForward, checkShape, checkSwap, compareTexts, sameTables, viewName } from './keys.js';
import { MemoryIndex } from './memory-index.js';
import { MemoryTable } from './memory-table.js';
import type { Checkpoint, Index, RangeOptions, ReadTable, ReadTables, Table, Tables } from './view-store.js';
import type { ViewShape, ViewState, ViewStore } from './view-store.js';
import { checkedIndex, viewTables } from './view-tables.js';

/**
 * The reference adapter, and the fast one. Nothing outlives the process.
 *
 * Values are not copied: a table hands out what was put, and whoever changes it afterwards changes the row, also beyond
 * an undo. `frozen` makes that a TypeError, for tests.
 */
export function memoryViewStore({ frozen = false }: { readonly frozen?: boolean } = {}): ViewStore {
  const shared: Shared = { frozen, closed: false, undo: undefined };
  const views = new Map<string, MemoryState>();
  const generations = new Map<string, MemoryState>();
  const forget = (states: Map<string, MemoryState>, name: string) => {
    const known = states.get(name);
    if (known !== undefined) known.dropped = true;
    states.delete(name);
  };
  const idle = (what: string) => {
    if (shared.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (shared.undo !== undefined) throw new Error(`${what} inside a write`);
  };
  const open = (view: ViewShape): MemoryState => {
    checkShape(view);
    idle(`view ${viewName(view)} is opened`);
    const known = views.get(viewName(view));
    if (known !== undefined && sameTables(known.view, view)) return known;
    forget(views, viewName(view));
    const made = new MemoryState(view, shared);
    views.set(viewName(view), made);
    return made;
  };
  return {
    open,
    beside: view => {
      checkShape(view);
      idle(`view ${viewName(view)} is begun beside`);
      forget(generations, viewName(view));
      const made = new MemoryState(view, shared);
      generations.set(viewName(view), made);
      return made;
    },
    swap: view => {
      const current = open(view);
      const next = generations.get(viewName(view));
      if (next === undefined) throw new Error(`view ${viewName(view)}: nothing was begun beside it`);
      current.adopt(next);
      forget(generations, viewName(view));
    },
    list: () => {
      idle('a list of views');
      const all = [...views.values()].map(state => ({ ...nameOf(state.view), checkpoint: state.checkpoint() }));
      return all.sort((a, b) => compareTexts(a.name, b.name) || a.version - b.version);
    },
    drop: (name, version) => {
      idle(`view ${name} is dropped`);
      forget(views, viewName({ name, version }));
      forget(generations, viewName({ name, version }));
    },
    close: () => {
      shared.closed = true;
    },
  };
}

const nameOf = ({ name, version }: ViewShape) => ({ name, version });

interface Shared {
  readonly frozen: boolean;
  closed: boolean;
  /** Takes back what the write that runs has changed, the last change last; undefined between writes. */
  undo: (() => void)[] | undefined;
}

class MemoryState implements ViewState {
  dropped = false;
  private done: Checkpoint | null = null;
  private isWritten = false;
  private readonly all: readonly MemoryTable[];
  private readonly allIndexes: readonly MemoryIndex[];

  constructor(
    readonly view: ViewShape,
    private readonly shared: Shared,
  ) {
    this.all = Object.entries(view.tables).map(([name, shape]) => new MemoryTable(name, shape));
    this.allIndexes = (view.search ?? []).map(name => new MemoryIndex(name));
    const { reading, writing } = viewTables(
      view,
      this.all.map(table => ({ name: table.name, read: this.reading(table), write: this.changing(table) })),
      this.allIndexes.map(index => ({
        name: index.name,
        read: checkedIndex(index, () => {
          this.check();
        }),
        write: this.indexing(index),
      })),
    );
    this.tables = reading;
    this.writing = writing;
  }

  readonly tables: ReadTables;
  private readonly writing: Tables;

  checkpoint(): Checkpoint | null {
    this.check();
    return this.done;
  }

  write(checkpoint: Checkpoint, change: (tables: Tables) => void): void {
    this.check();
    if (this.shared.undo !== undefined) throw new Error(`view ${viewName(this.view)}: a write inside a write`);
    checkForward(this.view, this.done, checkpoint);
    const undo: (() => void)[] = (this.shared.undo = []);
    this.isWritten = true;
    try {
      change(this.writing);
      this.done = checkpoint;
    } catch (error) {
      for (const takeBack of undo.reverse()) takeBack();
      throw error;
    } finally {
      this.isWritten = false;
      this.shared.undo = undefined;
    }
  }

  reset(): void {
    this.check();
    if (this.shared.undo !== undefined) throw new Error(`view ${viewName(this.view)} is reset inside a write`);
    for (const part of [...this.all, ...this.allIndexes]) part.clear();
    this.done = null;
  }

  /** Takes over what `next` holds. */
  adopt(next: MemoryState): void {
    const done = next.checkpoint();
    checkSwap(this.view, this.done, done);
    this.all.forEach((table, i) => {
      table.adopt(next.all[i]!);
    });
    this.allIndexes.forEach((index, i) => {
      index.adopt(next.allIndexes[i]!);
    });
    this.done = done;
  }

  private check(): void {
    if (this.shared.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (this.dropped) throw new Error(`view ${viewName(this.view)} was dropped`);
  }

  private reading(table: MemoryTable): ReadTable {
    return {
      get: key => {
        this.check();
        return table.get(key);
      },
      range: (options?: RangeOptions) => {
        this.check();
        return table.range(options);
      },
    };
  }

  private changing(table: MemoryTable): Pick<Table, 'put' | 'delete'> {
    return {
      put: (key, value) => {
        const undo = this.undo(table.name);
        if (value === undefined) throw new TypeError(`table ${table.name}: undefined is no JSON value`);
        const before = table.put(key, this.shared.frozen ? deepFreeze(value) : value);
        const at = key.slice();
        undo.push(() => void (before === undefined ? table.delete(at) : table.put(at, before)));
      },
      delete: key => {
        const undo = this.undo(table.name);
        const before = table.delete(key);
        const at = key.slice();
        if (before !== undefined) undo.push(() => void table.put(at, before));
      },
    };
  }

  private indexing(index: MemoryIndex): Pick<Index, 'put' | 'delete'> {
    const takeBack = (id: number, before: ReturnType<MemoryIndex['put']>) => () =>
      void (before === undefined ? index.delete(id) : index.put(id, before));
    return {
      put: (id, of, weight, text) => {
        const undo = this.undo(index.name);
        checkDocument(index.name, id, of, weight);
        undo.push(takeBack(id, index.put(id, { of, weight, text })));
      },
      delete: id => {
        const undo = this.undo(index.name);
        const before = index.delete(id);
        if (before !== undefined) undo.push(takeBack(id, before));
      },
    };
  }

  private undo(name: string): (() => void)[] {
    if (this.isWritten && this.shared.undo !== undefined) return this.shared.undo;
    throw new Error(`${name} of view ${viewName(this.view)} changes inside a write of its view alone`);
  }
}

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
