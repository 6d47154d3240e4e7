import { parentPort, workerData } from 'node:worker_threads';
import { extract } from './extract.js';

const { bytes, mediaType } = workerData as { bytes: Uint8Array; mediaType: string };
parentPort?.postMessage((await extract(bytes, mediaType)) ?? null);
