import process from 'node:process';
import { answering } from '@credence/threads';
import { extract } from './extract.js';

/** So long a parser that threw outside of our calls has for its answer, in milliseconds. */
const GRACE_MS = 2000;

// One that we stop in the middle of a page may throw from a callback of its own before the reason of the stop has come to us.
process.on('uncaughtException', error => {
  setTimeout(() => {
    process.removeAllListeners('uncaughtException');
    throw error;
  }, GRACE_MS);
});

answering(({ bytes, mediaType }: { readonly bytes: Uint8Array; readonly mediaType: string }) =>
  extract(bytes, mediaType),
);
