import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** A live server to run the same tests on, where there is one. */
export const LIVE_URL = process.env['CREDENCE_KURRENTDB_URL'];

/** Streams of one test on a server that many share. */
export const inNamespace = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}namespace=t${randomBytes(6).toString('hex')}`;

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'credence-node-'));
