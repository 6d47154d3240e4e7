import { resolve } from 'node:path';
import { isLedgerError } from '@credence/contracts';
import type { LedgerError } from '@credence/contracts';
import { clusterFindings, encryption, HOW_TO, serverFindings } from './cluster-findings.js';
import type { DoctorAnswer } from './doctor.js';
import type { Finding } from './finding.js';
import { primitives } from './primitives.js';
import { DEFAULT_DATA, NO_LEDGER, UNFINISHED_MOVE } from './stores.js';
import type { MediaOptions } from './stores.js';

export interface UnopenedCluster extends Pick<MediaOptions, 'data' | 'captures'> {
  readonly url: string;
  /** What kept the ledger from being opened. */
  readonly why: LedgerError;
}

/** What the doctor can say of a cluster on which no ledger could be opened: what kept it, and what to do about it. */
export async function clusterUnopened({
  url,
  why,
  captures,
  data = DEFAULT_DATA,
}: UnopenedCluster): Promise<DoctorAnswer> {
  const { addressOf, openKurrentEventStore, serverInfo } =
    await import('../../event-store-kurrentdb/src/index.js').catch(() => {
      throw why;
    });
  const { lockFolder } = await import('../../event-store-sqlite/src/index.js');
  const address = addressOf(url);
  const folder = resolve(data);
  const remedy = remedyOf(why);
  const cause: Finding = {
    check: 'store',
    state: 'wrong',
    detail: why.message,
    ...(remedy === undefined ? {} : { remedy }),
  };
  const lock = lockFolder(folder, { startedAt: new Date().toISOString() });
  try {
    const { sha256 } = primitives;
    const file = resolve(folder, 'log.sqlite');
    const common = { clock: Date.now, wallClock: Date.now, random: Math.random };
    const store = await openKurrentEventStore({ url, file, sha256, ...common }).catch((error: unknown) => {
      if (!isLedgerError(error)) throw error;
      return undefined;
    });
    if (store === undefined)
      return {
        ok: false,
        findings: [cause, ...serverFindings(address, await serverInfo(address, Date.now)), ...encryption(address)],
      };
    try {
      const shared = resolve(captures ?? resolve(folder, 'captures'));
      const cluster = await clusterFindings(store, { address, shared, given: captures !== undefined });
      return { ok: false, findings: [cause, ...cluster] };
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

function remedyOf({ errors }: LedgerError): string | undefined {
  const codes = errors.map(({ code }) => code);
  if (codes.includes('access-denied'))
    return `look whether user and password are right; then, as admin, give the user its rights: ${HOW_TO}, "Rights"`;
  if (codes.includes('history-not-whole'))
    return `mend it, or put the cluster's backup back: ${HOW_TO}, "Rights" and "Backup"`;
  // The message says how to go on.
  if (codes.includes(NO_LEDGER) || codes.includes(UNFINISHED_MOVE)) return undefined;
  return `look whether the cluster runs, and whether hosts, tls and tlsCAFile of the URL are right: ${HOW_TO}`;
}
