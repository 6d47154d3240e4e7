import { LedgerError } from '@credence/contracts';
import { checkForward, checkShape, compareTexts, sameTables, viewName } from './keys.js';
import { MemoryTable } from './memory-table.js';
import type { Checkpoint, Key, RangeOptions, ReadTable, ReadTables, Table, Tables } from './view-store.js';
import type { ViewShape, ViewState, ViewStore } from './view-store.js';

/**
 * The reference adapter, and the fast one: as-of reads replay a ledger's prefix into it. Nothing outlives the process.
 *
 * Values are not copied: a table hands out what was put, and whoever changes it afterwards changes the row, also beyond
 * an undo. `frozen` makes that a TypeError, for tests.
 */
export function memoryViewStore({ frozen = false }: { readonly frozen?: boolean } = {}): ViewStore {
  const shared: Shared = { frozen, closed: false, undo: undefined };
  const views = new Map<string, MemoryState>();
  const idle = (what: string) => {
    if (shared.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (shared.undo !== undefined) throw new Error(`${what} inside a write`);
  };
  return {
    open: view => {
      checkShape(view);
      idle(`view ${viewName(view)} is opened`);
      const known = views.get(viewName(view));
      if (known !== undefined && sameTables(known.view, view)) return known;
      if (known !== undefined) known.dropped = true;
      const made = new MemoryState(view, shared);
      views.set(viewName(view), made);
      return made;
    },
    list: () => {
      idle('a list of views');
      const all = [...views.values()].map(state => ({ ...nameOf(state.view), checkpoint: state.checkpoint() }));
      return all.sort((a, b) => compareTexts(a.name, b.name) || a.version - b.version);
    },
    drop: (name, version) => {
      idle(`view ${name} is dropped`);
      const known = views.get(viewName({ name, version }));
      if (known !== undefined) known.dropped = true;
      views.delete(viewName({ name, version }));
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
  /** What the write that runs has changed; undefined between writes. */
  undo: Change[] | undefined;
}

interface Change {
  readonly table: MemoryTable;
  readonly key: Key;
  /** Undefined: there was no such row. */
  readonly before: unknown;
}

class MemoryState implements ViewState {
  dropped = false;
  private done: Checkpoint | null = null;
  private writing = false;
  private readonly read = new Map<string, ReadTable>();
  private readonly written = new Map<string, Table>();
  private readonly all: readonly MemoryTable[];

  constructor(
    readonly view: ViewShape,
    private readonly shared: Shared,
  ) {
    this.all = Object.entries(view.tables).map(([name, shape]) => new MemoryTable(name, shape));
    for (const table of this.all) {
      const read = this.reading(table);
      this.read.set(table.name, read);
      this.written.set(table.name, { ...read, ...this.changing(table) });
    }
  }

  readonly tables = ((name: string) => this.named(this.read, name)) as ReadTables;

  checkpoint(): Checkpoint | null {
    this.check();
    return this.done;
  }

  write(checkpoint: Checkpoint, change: (tables: Tables) => void): void {
    this.check();
    if (this.shared.undo !== undefined) throw new Error(`view ${viewName(this.view)}: a write inside a write`);
    checkForward(this.view, this.done, checkpoint);
    const undo: Change[] = (this.shared.undo = []);
    this.writing = true;
    try {
      change((name => this.named(this.written, name)) as Tables);
      this.done = checkpoint;
    } catch (error) {
      for (const { table, key, before } of undo.reverse())
        if (before === undefined) table.delete(key);
        else table.put(key, before);
      throw error;
    } finally {
      this.writing = false;
      this.shared.undo = undefined;
    }
  }

  reset(): void {
    this.check();
    if (this.shared.undo !== undefined) throw new Error(`view ${viewName(this.view)} is reset inside a write`);
    for (const table of this.all) table.clear();
    this.done = null;
  }

  private check(): void {
    if (this.shared.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (this.dropped) throw new Error(`view ${viewName(this.view)} was dropped`);
  }

  private named<T>(tables: ReadonlyMap<string, T>, name: string): T {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`view ${viewName(this.view)} has no table ${name}`);
    return table;
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
    const undo = (): Change[] => {
      if (this.writing && this.shared.undo !== undefined) return this.shared.undo;
      throw new Error(`table ${table.name} of view ${viewName(this.view)} changes inside a write of its view alone`);
    };
    return {
      put: (key, value) => {
        const changes = undo();
        if (value === undefined) throw new TypeError(`table ${table.name}: undefined is no JSON value`);
        const before = table.put(key, this.shared.frozen ? deepFreeze(value) : value);
        changes.push({ table, key: key.slice(), before });
      },
      delete: key => {
        const changes = undo();
        const before = table.delete(key);
        if (before !== undefined) changes.push({ table, key: key.slice(), before });
      },
    };
  }
}

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
