import type { Ledger, LocalLedger } from '@credence/runtime';
import { createApp } from './app.js';
import type { AppOptions } from './app.js';
import { checkHost } from './http/loopback.js';

export interface ServeOptions extends AppOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface Served {
  readonly url: string;
  /** Stops accepting, ends event streams, answers what was accepted, closes the ledger. */
  close(): Promise<void>;
}

/**
 * Serves a ledger over HTTP, and says so where other processes look for it.
 *
 * @throws invalid-parameter - `host` is no loopback address, and `allowUnauthenticated` was not given
 * @throws EADDRINUSE, EACCES - from the system
 */
export async function serve(
  ledger: Ledger & Partial<Pick<LocalLedger, 'announce'>>,
  { host = '127.0.0.1', port, ...options }: ServeOptions,
): Promise<Served> {
  checkHost(host, options.allowUnauthenticated === true);
  const app = await createApp(ledger, options);
  await app.listen(port, host.replace(/^\[(.*)\]$/, '$1'));
  const url = await app.getUrl();
  ledger.announce?.(url);
  return { url, close: () => app.close() };
}
