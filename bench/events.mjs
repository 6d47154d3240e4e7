/* Events of the size and shape of a real ledger's, made from counters: the same in every run. */
import { hash } from 'node:crypto';
import { seal } from '../dist/libs/kernel/src/index.js';
import { base32 } from '../dist/libs/integrity/src/index.js';
import { primitives } from '../dist/libs/runtime/src/index.js';

export { primitives };

export const idOf = n => base32(hash('sha256', `id ${n}`, 'buffer').subarray(0, 16));

/** An assertion of about 730 bytes with its envelope: five to a claim. */
export function payload(n) {
  return {
    type: 'AssertionRecorded',
    data: {
      assertion: idOf(`a${n}`),
      source: idOf(`s${n % 997}`),
      stance: 'asserts',
      basis: 'first-hand',
      relays: n % 5 === 0 ? [] : [{ assertion: idOf(`a${n - 1}`), how: 'paraphrase' }],
      hold: 'held',
      assertedAt: { edtf: `2019-0${1 + (n % 9)}-1${n % 10}` },
    },
    words: {
      holdReason: 'printed copy in the file',
      locator: `p. ${n % 400}, note ${n % 1200}`,
      note: `as read the ${n}th time by whoever keeps the file`,
    },
  };
}

/** Names of streams, made beforehand as well as far as they go. */
const streams = new Map();
export function streamOf(n) {
  const claim = Math.floor(n / 5);
  let stream = streams.get(claim);
  if (stream === undefined) streams.set(claim, (stream = `claim-${idOf(`c${claim}`)}`));
  return stream;
}
export const revisionOf = n => n % 5;
export const expectedOf = n => (revisionOf(n) === 0 ? 'no-stream' : revisionOf(n) - 1);

const ledger = idOf('ledger');
const commandHash = hash('sha256', 'command');
let commands = 0;

/** Payloads are made beforehand: what is measured begins with the seal. */
const payloads = [];
const READY = 10_000;
for (let n = 0; n < READY; n++) payloads.push(payload(n));

export function sealed(n, stream = streamOf(n)) {
  const { type, data, words } = payloads[n % READY];
  const head = {
    type,
    schemaVersion: 1,
    actor: 'bench',
    commandId: `00000000-0000-8000-8000-${(commands++).toString(16).padStart(12, '0')}`,
    commandHash,
    correlationId: 'bench',
    ledger,
  };
  return seal(stream, head, { data, words }, primitives);
}

/** Makes the names of the streams of the first `count` events. */
export function prepareStreams(count) {
  for (let n = 0; n < count; n += 5) streamOf(n);
}
