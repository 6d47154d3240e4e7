import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportAnswer } from '@credence/exchange';
import { openLedger } from '@credence/runtime';
import type { EventAnswer, LocalLedger } from '@credence/runtime';
import { manyEvents } from '../support/many-events.js';

/*
 * One long work in a process of its own, whose heap the test holds small: `node job.js <work> <folder> <size>`. On its output
 * stands in the end what came of it, and how much memory the process had at most, in MB.
 */
const [work = '', folder = '', size = ''] = process.argv.slice(2);

const CHUNK_BYTES = 65_536;
const opened = () => openLedger({ url: `sqlite:${folder}`, actor: 'ada' });

/** Some 4 kB, another text each time. */
const textOf = (n: number) => `${String(n)} ${'checked again, and nothing has changed since '.repeat(86)}`;

async function follow(ledger: LocalLedger, each: (event: EventAnswer) => void): Promise<void> {
  const { head } = await ledger.health();
  await new Promise<void>((resolve, reject) => {
    ledger.feed(-1).subscribe({
      next: event => {
        each(event);
        if (event.seq === head) resolve();
      },
      error: reject,
    });
  });
}

async function* zeros(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
    await sleep(0);
    yield Buffer.alloc(Math.min(CHUNK_BYTES, left));
  }
}

async function importing(ledger: LocalLedger, dossier: object, bytes = 0): Promise<number> {
  const {
    rejected,
    new: added,
    unchanged,
  }: ImportAnswer = await ledger.importDossier({
    file: 'case.json',
    bytes: Buffer.from(JSON.stringify({ dossier: 1, ...dossier })),
    readFile: async () => zeros(bytes),
    actor: 'ada',
  });
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
  return added + unchanged;
}

/** Each says how many events or entries it has been through. */
const WORKS: Readonly<Record<string, (ledger: LocalLedger) => Promise<number>>> = {
  /** Opening has built the views; what is read whole besides. */
  scan: async ledger => {
    let seen = 0;
    await follow(ledger, () => void seen++);
    const { ok, size: verified } = await ledger.verify();
    if (!ok || verified !== seen) throw new Error(`${String(seen)} events came, and ${String(verified)} are whole`);
    return seen;
  },
  rebuild: async ledger => {
    const { ok } = await ledger.rebuild();
    if (!ok) throw new Error('a view did not come to what it was');
    return (await ledger.summary({})).events;
  },
  /** The same dossier, twice, into ledgers of different sizes. */
  import: async ledger => {
    const claims = Array.from({ length: 500 }, (_, n) => ({ key: `c${String(n)}`, text: `Claim ${String(n)}` }));
    await importing(ledger, { id: 'small', claims });
    return importing(ledger, { id: 'small', claims });
  },
  'import a capture': ledger =>
    importing(
      ledger,
      {
        id: 'large',
        sources: [{ key: 's', kind: 'record', name: 'A long record' }],
        captures: [{ key: 'c', source: 's', file: 'c.bin', mediaType: 'application/octet-stream' }],
      },
      Number(size),
    ),
  /** Holds what it reads: shows that the limit is one. */
  gather: async ledger => {
    const all: EventAnswer[] = [];
    await follow(ledger, event => void all.push(event));
    return all.length;
  },
};

let handled = Number(size);
if (work === 'fill') {
  await (await opened()).close();
  await manyEvents(folder, Number(size), textOf);
} else {
  const ledger = await opened();
  await ledger.built(2 ** 31 - 1);
  const does = WORKS[work];
  if (does === undefined) throw new Error(`no work is called ${work}`);
  handled = await does(ledger);
  await ledger.close();
}
process.stdout.write(JSON.stringify({ handled, memoryMb: Math.ceil(process.resourceUsage().maxRSS / 1024) }));
