import type { Address } from './address.js';
import type { Raw } from './encoding.js';

export interface ServerInfo {
  readonly version: string | undefined;
  /** The server's clock minus ours, to the second; undefined: it does not say. */
  readonly offMs: number | undefined;
}

const PATIENCE_MS = 3000;

/** Asks the first node's HTTP door; what it does not answer stays unknown. */
export async function serverInfo({ hosts, tls }: Address, wallClock: () => number): Promise<ServerInfo> {
  try {
    const asked = wallClock();
    const answer = await fetch(`${tls ? 'https' : 'http'}://${hosts[0] ?? ''}/info`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { dbVersion, esVersion } = (await answer.json()) as { dbVersion?: string; esVersion?: string };
    return { version: dbVersion ?? esVersion, offMs: offMs(answer.headers.get('date'), asked, wallClock()) };
  } catch {
    return { version: undefined, offMs: undefined };
  }
}

/** The header names the second: what a clock may be off by less than that is nothing. */
function offMs(header: string | null, asked: number, answered: number): number | undefined {
  const date = Date.parse(header ?? '');
  if (Number.isNaN(date)) return undefined;
  if (date > answered) return date - answered;
  return date + 1000 < asked ? date + 1000 - asked : 0;
}

/** Of the last event of `$settings`: the default lets every user write to, and delete, every stream. */
export function aclIsOpen(settings: Raw | undefined): boolean {
  const acl = (settings?.data as { $userStreamAcl?: { $w?: unknown; $d?: unknown; $mw?: unknown } } | undefined)
    ?.$userStreamAcl;
  if (acl === undefined) return true;
  return [acl.$w, acl.$d, acl.$mw].some(roles => roles === undefined || [roles].flat().includes('$all'));
}
