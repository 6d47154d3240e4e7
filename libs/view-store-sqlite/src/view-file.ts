import { LedgerError } from '@credence/contracts';
import type { Database } from 'better-sqlite3';
import { unavailable } from './failure.js';
import { LOG_PAGES } from './open-file.js';

/** What a file holds of one view, and what of it is in the process only. */
export interface Written {
  /** The running write is good. */
  accept(): void;
  /** The running write has failed: all is as it was. */
  takeBack(): void;
  /** Brings what writes have changed to the file. @throws whatever SQLite says */
  save(): void;
  saveIndexes(): void;
  /** The same of what the running write has changed in indexes: it has to be in the file to be found. */
  saveWritten(): void;
  /** Keeps nothing of what is in the file. */
  forget(): void;
}

/** How long writes wait for the commit that they share, at the least and at the most. */
const COMMIT_MS = 500;
const LONGEST_WAIT_MS = 5000;

/**
 * And how many times as long as the last commit took. Where rows lie all over a large file, each commit writes most of its
 * pages for one row each: the longer it takes, the more rows it is to bring at a time.
 */
const WAIT_PER_COMMIT = 4;

/**
 * The connection, and which view is being written.
 *
 * Writes are made in the process, and what they changed comes to the file together: events come one by one, each to all
 * views, and rows that are found by random ids cost a page of the file each. A transaction is open while that is under way.
 */
export class ViewFile {
  writing: Written | undefined;
  private closed = false;
  /** Why writes that were made are not there: the medium refused their commit. */
  private lost: string | undefined;
  /** Whether something was made that is not committed. */
  private pending = false;
  /** Whether the running write has brought something to the file already. */
  private inside = false;
  private kept = 0;
  private timer: NodeJS.Timeout | undefined;
  private wait = COMMIT_MS;
  private readonly sql;

  constructor(
    private readonly file: string,
    readonly db: Database,
    private readonly mostKept: number,
    private readonly states: ReadonlyMap<string, Written>,
  ) {
    this.sql = {
      begin: db.prepare('BEGIN IMMEDIATE'),
      commit: db.prepare('COMMIT'),
      rollback: db.prepare('ROLLBACK'),
      savepoint: db.prepare('SAVEPOINT one_write'),
      release: db.prepare('RELEASE one_write'),
      rollbackToSavepoint: db.prepare('ROLLBACK TO one_write'),
    };
  }

  check(): void {
    if (this.closed) throw new LedgerError('store-unavailable', 'the view store is closed');
    if (this.lost !== undefined)
      throw new LedgerError(
        'store-unavailable',
        `${this.file}: what the views were told last could not be kept (${this.lost}); the next start applies it again`,
      );
  }

  idle(what: string): void {
    this.check();
    if (this.writing !== undefined) throw new Error(`${what} inside a write`);
  }

  /** @throws store-unavailable - what the medium refused */
  run<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw unavailable(this.file, error);
    }
  }

  /** What tables keep is bounded: beyond, they begin anew as soon as nothing of it is missing in the file. */
  keeps(characters: number): void {
    this.kept += characters;
    if (this.kept > this.mostKept && this.writing === undefined) this.forget();
  }

  /** A write of `state`: all that `change` does is kept, or nothing. */
  write(state: Written, change: () => void): void {
    this.writing = state;
    try {
      change();
      if (this.inside) this.run(() => this.sql.release.run());
      state.accept();
    } catch (error) {
      state.takeBack();
      if (this.inside) this.undo(error);
      throw error;
    } finally {
      this.inside = false;
      this.writing = undefined;
    }
    this.made();
    if (this.kept > this.mostKept) this.forget();
  }

  /** Brings what indexes have changed to the file, where they are read: of the running write too. */
  indexed(): void {
    this.run(() => {
      if (!this.inside) {
        this.begin();
        for (const state of this.states.values()) state.saveIndexes();
      }
      if (this.writing === undefined) return;
      if (!this.inside) this.sql.savepoint.run();
      this.inside = true;
      this.writing.saveWritten();
    });
  }

  /** Reads the file with all that was written, or changes tables themselves: all of it is kept, or nothing. */
  transaction<T>(change: () => T): T {
    return this.run(() => {
      this.save();
      this.sql.savepoint.run();
      try {
        const result = change();
        this.sql.release.run();
        this.made();
        return result;
      } catch (error) {
        this.undo(error);
        throw error;
      }
    });
  }

  close(): void {
    if (this.closed) return;
    this.commit();
    this.closed = true;
    this.run(() => this.db.close());
  }

  private made(): void {
    this.pending = true;
    this.commitSoon();
  }

  private commitSoon(): void {
    this.timer ??= setTimeout(() => {
      this.commit();
    }, this.wait).unref();
  }

  private forget(): void {
    this.commit();
    if (this.lost !== undefined) return;
    for (const state of this.states.values()) state.forget();
    this.kept = 0;
  }

  /** @throws whatever SQLite says */
  private save(): void {
    this.begin();
    for (const state of this.states.values()) state.save();
  }

  private begin(): void {
    if (!this.db.inTransaction) this.sql.begin.run();
    this.commitSoon();
  }

  private commit(): void {
    if (this.lost !== undefined) return;
    const begun = performance.now();
    try {
      if (this.pending) this.save();
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.db.inTransaction) this.sql.commit.run();
      this.pending = false;
      this.pace(performance.now() - begun);
    } catch (error) {
      if (this.db.inTransaction) this.sql.rollback.run();
      this.lose(error);
    }
  }

  /** The file's log takes what gathers meanwhile before it is brought into the file. @param took - the last commit, in milliseconds */
  private pace(took: number): void {
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(COMMIT_MS, WAIT_PER_COMMIT * took));
    if (wait === this.wait) return;
    this.wait = wait;
    this.db.pragma(`wal_autocheckpoint = ${String(Math.round((LOG_PAGES * wait) / COMMIT_MS))}`);
  }

  /** Takes back what was done since the savepoint. SQLite itself rolls all back where the disk is full or fails. */
  private undo(error: unknown): void {
    if (!this.db.inTransaction) return void this.lose(error);
    this.sql.rollbackToSavepoint.run();
    this.sql.release.run();
  }

  private lose(error: unknown): void {
    clearTimeout(this.timer);
    if (this.pending) this.lost = (unavailable(this.file, error) as Error).message;
  }
}
