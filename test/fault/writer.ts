import { readSync, writeSync } from 'node:fs';
import { lockFolder, openSqliteEventStore } from '@credence/event-store-sqlite';
import { claimStream, countingPrimitives, sealed, sha256 } from '../../libs/kernel/src/testing/build.js';

/*
 * A process that writes until it is killed: `node writer.js <folder> <run> <bytes per event> [url]`. It waits for a line
 * on its input, then says on its output, each before or after the fact and never buffered:
 *   open             the folder is its own
 *   ask <command>    a command is about to be sent
 *   done <command> <seq>
 *   batch <name> <id> <id> …    these events were acknowledged together
 *   failed <message>
 */
const [folder = '', run = '', bytes = '0', url] = process.argv.slice(2);

const say = (line: string) => {
  writeSync(1, `${line}\n`);
};

say('ready');
readSync(0, Buffer.alloc(1));

const WRITERS = 6;
const primitives = countingPrimitives(`run ${run}`);
const filling = 'x'.repeat(Number(bytes));

try {
  const lock = lockFolder(folder, { startedAt: new Date().toISOString() });
  if (url !== undefined) lock.announce(url);
  const store = await openSqliteEventStore({ folder, clock: Date.now, sha256, lock });
  say('open');

  const batches = async (writer: number) => {
    const stream = claimStream(`run ${run} writer ${String(writer)}`);
    let revision = -1;
    for (let round = 0; ; round++) {
      const size = 1 + ((writer + round) % 5);
      const name = `${run}.${String(writer)}.${String(round)}`;
      const events = Array.from({ length: size }, (_, i) =>
        sealed(stream, `${name}.${String(i)}`, primitives, { words: { batch: name, size, filling } }),
      );
      await store.append(stream, revision === -1 ? 'no-stream' : revision, events);
      revision += size;
      say(`batch ${name} ${events.map(({ id }) => id).join(' ')}`);
    }
  };
  // What the write loop would append; the loop itself asks again after the kill, in the process that looks at the folder.
  const commands = async () => {
    const stream = claimStream(`run ${run} commands`);
    for (let n = 0; ; n++) {
      const name = `${run}.command.${String(n)}`;
      const event = sealed(stream, name, primitives, { type: 'ClaimConfirmed', data: {}, words: { reason: name } });
      say(`ask ${name}`);
      const [placed] = await store.append(stream, n === 0 ? 'no-stream' : n - 1, [event]);
      say(`done ${name} ${String(placed?.seq)}`);
    }
  };
  await Promise.all([commands(), ...Array.from({ length: WRITERS }, (_, writer) => batches(writer))]);
} catch (error) {
  say(`failed ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
