import type { Position, Salts, StoredEvent } from '@credence/kernel';
import type { EnvelopeRow, HeadRow, PageStatements, PartText } from './statements.js';

const SALT_BYTES = 16;
const HEX_DIGITS = 64;

/** Where the rows of a page come from. */
export interface Rows {
  heads(): HeadRow[];
  envelopes(): EnvelopeRow[];
  data(): PartText[];
  words(): PartText[];
  nameOf(id: number): string;
}

export const rowsOf = <P extends unknown[]>(
  statements: PageStatements<P>,
  bounds: P,
  nameOf: (id: number) => string,
  read: <T>(look: () => T) => T,
): Rows => ({
  heads: () => read(() => statements.heads.all(...bounds)),
  envelopes: () => read(() => statements.envelopes.all(...bounds)),
  data: () => read(() => statements.data.all(...bounds)),
  words: () => read(() => statements.words.all(...bounds)),
  nameOf,
});

/**
 * A page of events. Their envelopes, data and words are read when an event is first asked for such, of all the page in
 * one go: a fold that counts pays for no text, and one that reads data for no words. Events never change, so that what
 * is read later is what was read at first.
 */
class Page {
  private envelopes: EnvelopeRow[] | undefined;
  private data: PartText[] | undefined;
  private words: PartText[] | undefined;

  constructor(readonly rows: Rows) {}

  envelope(i: number): EnvelopeRow {
    return (this.envelopes ??= this.rows.envelopes())[i] as EnvelopeRow;
  }

  dataText(i: number): PartText {
    return (this.data ??= this.rows.data())[i] as PartText;
  }

  wordsText(i: number): PartText {
    return (this.words ??= this.rows.words())[i] as PartText;
  }
}

export function eventsIn(rows: Rows): StoredEvent[] {
  const page = new Page(rows);
  return rows.heads().map((head, i) => new Row(page, i, head));
}

/** An event over its rows. */
class Row implements StoredEvent {
  readonly seq: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly bytes: number;
  private parsed: { data?: unknown; words?: unknown } | undefined;

  constructor(
    private readonly page: Page,
    private readonly index: number,
    head: HeadRow,
  ) {
    this.seq = head[0];
    this.type = page.rows.nameOf(head[1]);
    this.schemaVersion = head[2];
    this.bytes = head[3];
  }

  get position() {
    return String(this.seq) as Position;
  }
  get effectiveAt() {
    return this.envelope()[0];
  }
  get stream() {
    return this.envelope()[1];
  }
  get revision() {
    return this.envelope()[2];
  }
  get recordedAt() {
    return isoOf(this.envelope()[3]);
  }
  get actor() {
    return this.page.rows.nameOf(this.envelope()[4]);
  }
  get ledger() {
    return this.page.rows.nameOf(this.envelope()[5]);
  }
  get id() {
    return this.envelope()[6];
  }
  get commandId() {
    return this.envelope()[7];
  }
  get correlationId() {
    return this.envelope()[8];
  }
  get commandHash() {
    return this.hash(0);
  }
  get dataHash() {
    return this.hash(1);
  }
  get wordsHash() {
    return this.hash(2);
  }
  get salts(): Salts {
    const all = this.envelope()[10];
    const data = all.subarray(0, SALT_BYTES);
    const words = all.subarray(SALT_BYTES, 2 * SALT_BYTES);
    return all.length === 2 * SALT_BYTES ? { data, words } : { data, words, ids: all.subarray(2 * SALT_BYTES) };
  }
  get data() {
    const parsed = (this.parsed ??= {});
    return (parsed.data ??= parse(this.page.dataText(this.index)));
  }
  get words() {
    const parsed = (this.parsed ??= {});
    return (parsed.words ??= parse(this.page.wordsText(this.index)));
  }

  private envelope(): EnvelopeRow {
    return this.page.envelope(this.index);
  }
  private hash(which: number): string {
    return this.envelope()[9].toString('hex', (which * HEX_DIGITS) / 2, ((which + 1) * HEX_DIGITS) / 2);
  }
}

const parse = (text: PartText): unknown => (text === null ? null : JSON.parse(text));

// The events of a commit share their moment, and writing one down costs as much as the rest of the row.
let lastMoment = { ms: NaN, iso: '' };

function isoOf(ms: number): string {
  if (ms !== lastMoment.ms) lastMoment = { ms, iso: new Date(ms).toISOString() };
  return lastMoment.iso;
}
