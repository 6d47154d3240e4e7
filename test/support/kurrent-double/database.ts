/** An event as the database keeps it. */
export interface Recorded {
  readonly id: string;
  readonly stream: string;
  readonly revision: bigint;
  /** Byte offset in the log: sparse, and commit = prepare, as the server has it for everything written over gRPC. */
  readonly position: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly createdMs: number;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Proposed = Pick<Recorded, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
export type ExpectedState = bigint | 'any' | 'no_stream' | 'stream_exists';

export type Outcome =
  | { readonly kind: 'written' | 'idempotent'; readonly revision: bigint; readonly position: bigint | undefined }
  | { readonly kind: 'conflict'; readonly current: bigint | undefined }
  | { readonly kind: 'deleted' };

/** Revision that a tombstone has, and `$tb` of a soft delete: Int64.MaxValue. */
export const LAST = 2n ** 63n - 1n;

const HEADER_BYTES = 97n;

/**
 * What the server keeps, and its rules (docs/explanation: the adapter's list of behaviours): idempotency compares stream
 * and event id, never content; with an exact revision it looks at what stands after it, with `any` at a cache of ids.
 */
export class Database {
  /** In the order of the log. Scavenged events are gone from here. */
  log: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  /** Ids written by this process, and the first stream of each; empty after a restart. */
  #recent = new Map<string, string>();
  #end = 0n;
  /** Everything at or beyond it is written and not replicated: no read shows it. */
  #heldFrom: bigint | undefined;
  readonly #listeners = new Set<() => void>();
  clock: () => number = Date.now;

  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What readers see of the log. */
  readable(): readonly Recorded[] {
    const from = this.#heldFrom;
    return from === undefined ? this.log : this.log.filter(event => event.position < from);
  }

  /** What readers see of a stream: undefined if it does not exist for them, deleted if it is tombstoned. */
  stream(name: string): readonly Recorded[] | undefined | 'deleted' {
    const all = (this.#streams.get(name) ?? []).filter(
      event => this.#heldFrom === undefined || event.position < this.#heldFrom,
    );
    if (all.some(({ revision }) => revision === LAST)) return 'deleted';
    if (all.length === 0) return undefined;
    const { before, maxCount } = this.#retention(name);
    if (before === LAST && !this.#revived(name)) return undefined;
    const first = maxCount === undefined ? 0n : (all.at(-1)?.revision ?? 0n) - maxCount + 1n;
    const kept = all.filter(({ revision }) => (before === LAST || revision >= before) && revision >= first);
    return kept;
  }

  #retention(name: string): { readonly before: bigint; readonly maxCount: bigint | undefined } {
    const last = this.#streams.get(`$$${name}`)?.at(-1);
    if (last === undefined) return { before: 0n, maxCount: undefined };
    const text = Buffer.from(last.data).toString('utf8');
    const number = (key: string) => new RegExp(`"\\${key}"\\s*:\\s*(\\d+)`).exec(text)?.[1];
    const maxCount = number('$maxCount');
    return { before: BigInt(number('$tb') ?? 0), maxCount: maxCount === undefined ? undefined : BigInt(maxCount) };
  }

  /** Written to after it was soft-deleted: the server then moves `$tb` to the revival. */
  #revived(name: string): boolean {
    const deleted = this.#streams.get(`$$${name}`)?.at(-1)?.position ?? 0n;
    return (this.#streams.get(name)?.at(-1)?.position ?? 0n) > deleted;
  }

  append(stream: string, expected: ExpectedState, proposed: readonly Proposed[]): Outcome {
    const events = this.#streams.get(stream) ?? [];
    const last = events.at(-1)?.revision;
    if (last === LAST) return { kind: 'deleted' };
    const soft = last !== undefined && this.#retention(stream).before === LAST && !this.#revived(stream);
    if (proposed.length === 0) {
      if (typeof expected === 'bigint' && expected !== (last ?? -1n)) return { kind: 'conflict', current: last };
      this.#end += HEADER_BYTES;
      return { kind: 'written', revision: last ?? 0n, position: this.#end };
    }
    if (expected === 'any' || expected === 'stream_exists') {
      if (expected === 'stream_exists' && soft) return { kind: 'deleted' };
      if (expected === 'stream_exists' && last === undefined) return { kind: 'conflict', current: undefined };
      return this.#appendAny(stream, events, proposed);
    }
    const current = last ?? -1n;
    const wanted = expected === 'no_stream' ? -1n : expected;
    if (wanted === current) return this.#write(stream, proposed);
    if (wanted > current) return { kind: 'conflict', current: last };
    const again = proposed.every((event, i) => at(events, wanted + 1n + BigInt(i))?.id === event.id);
    if (again) return this.#replayed(stream, events, wanted + BigInt(proposed.length));
    if (soft && expected === 'no_stream') return this.#write(stream, proposed);
    return { kind: 'conflict', current: last };
  }

  #appendAny(stream: string, events: readonly Recorded[], proposed: readonly Proposed[]): Outcome {
    const known = proposed.map(({ id }) => this.#recent.get(id) === stream);
    if (known.every(Boolean)) {
      const last = events.find(({ id }) => id === proposed.at(-1)?.id);
      return { kind: 'idempotent', revision: last?.revision ?? 0n, position: last?.position };
    }
    if (known[0] === true) return { kind: 'conflict', current: events.at(-1)?.revision };
    return this.#write(stream, proposed);
  }

  #replayed(stream: string, events: readonly Recorded[], revision: bigint): Outcome {
    const shown = this.stream(stream);
    const visible = Array.isArray(shown) && (shown as readonly Recorded[]).some(event => event.revision === revision);
    return { kind: 'idempotent', revision, position: visible ? at(events, revision)?.position : undefined };
  }

  #write(stream: string, proposed: readonly Proposed[]): Outcome {
    const events = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, events);
    let last: Recorded | undefined;
    for (const event of proposed) {
      const position = this.#end;
      const revision = (events.at(-1)?.revision ?? -1n) + 1n;
      last = { ...event, id: event.id.toLowerCase(), stream, revision, position, createdMs: this.clock() };
      events.push(last);
      this.log.push(last);
      if (!this.#recent.has(last.id)) this.#recent.set(last.id, stream);
      this.#end += HEADER_BYTES + BigInt(event.data.length + event.metadata.length + stream.length);
    }
    this.#announce();
    return { kind: 'written', revision: last?.revision ?? 0n, position: last?.position };
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  // --- what operators do, and what goes wrong --------------------------------------------------------------------

  setMetadata(stream: string, metadata: object): void {
    const text = JSON.stringify(metadata, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
    this.#meta(stream, text);
  }

  #meta(stream: string, text: string): void {
    const id = crypto.randomUUID();
    const none = new Uint8Array();
    const data = Buffer.from(text);
    this.#write(`$$${stream}`, [{ id, type: '$metadata', contentType: 'application/json', data, metadata: none }]);
  }

  softDelete(stream: string): void {
    this.#meta(stream, `{"$tb":${String(LAST)}}`);
  }

  tombstone(stream: string): void {
    const events = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, events);
    const none = new Uint8Array();
    const base = { type: '$streamDeleted', contentType: 'application/json', data: none, metadata: none };
    const event = { ...base, id: crypto.randomUUID(), stream, revision: LAST, position: this.#end };
    const recorded = { ...event, createdMs: this.clock() };
    events.push(recorded);
    this.log.push(recorded);
    this.#end += HEADER_BYTES;
    this.#announce();
  }

  /** Removes for good what retention and deletes hide, but for each stream's last event. */
  scavenge(): void {
    for (const [name, events] of this.#streams) {
      const shown = this.stream(name);
      const visible = new Set(
        Array.isArray(shown) ? (shown as readonly Recorded[]).map(({ position }) => position) : [],
      );
      const kept = events.filter((event, i) => i === events.length - 1 || visible.has(event.position));
      const gone = new Set(events.filter(event => !kept.includes(event)).map(({ position }) => position));
      this.#streams.set(name, kept);
      this.log = this.log.filter(({ position }) => !gone.has(position));
    }
  }

  /** Blanks an event's payload in place, as the redactor does. */
  redact(stream: string, revision: bigint): void {
    const blank = (event: Recorded): Recorded =>
      event.stream === stream && event.revision === revision
        ? { ...event, data: new Uint8Array(event.data.length).fill(0xff) }
        : event;
    this.log = this.log.map(blank);
    this.#streams.set(stream, (this.#streams.get(stream) ?? []).map(blank));
  }

  /** From here on nothing is replicated: written, acknowledged to nobody, read by nobody. */
  hold(): void {
    this.#heldFrom ??= this.#end;
  }

  get holding(): boolean {
    return this.#heldFrom !== undefined;
  }

  /** The followers are back: what was held is committed. */
  replicate(): void {
    this.#heldFrom = undefined;
    this.#announce();
  }

  /** The leader dies before the others had it: what was held never was. */
  forget(): void {
    const from = this.#heldFrom;
    this.#heldFrom = undefined;
    if (from === undefined) return;
    this.log = this.log.filter(({ position }) => position < from);
    for (const [name, events] of this.#streams) {
      const kept = events.filter(({ position }) => position < from);
      if (kept.length === 0) this.#streams.delete(name);
      else this.#streams.set(name, kept);
    }
    this.restart();
  }

  /** What a restart or a new leader forgets. */
  restart(): void {
    this.#recent = new Map();
  }

  /** Position of the end of the log: no event stands there. */
  get end(): bigint {
    return this.#end;
  }
}

const at = (events: readonly Recorded[], revision: bigint): Recorded | undefined =>
  events.find(event => event.revision === revision);
