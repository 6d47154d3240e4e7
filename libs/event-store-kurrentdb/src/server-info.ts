import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';
import type { Address } from './address.js';
import type { Raw } from './encoding.js';

export interface ServerInfo {
  readonly version: string | undefined;
  /** The server's clock minus ours, to the second; undefined: it does not say. */
  readonly offMs: number | undefined;
}

const PATIENCE_MS = 3000;

/** Asks the HTTP doors of the nodes in turn; what none of them answers stays unknown. */
export async function serverInfo(address: Address, wallClock: () => number): Promise<ServerInfo> {
  for (const host of address.hosts) {
    const asked = wallClock();
    const answer = await infoOf(host, address).catch(() => undefined);
    if (answer === undefined) continue;
    const { dbVersion, esVersion } = answer.body;
    return { version: dbVersion ?? esVersion, offMs: offMs(answer.date, asked, wallClock()) };
  }
  return { version: undefined, offMs: undefined };
}

interface Info {
  readonly body: { readonly dbVersion?: string; readonly esVersion?: string };
  readonly date: string | undefined;
}

/** Not by `fetch`, which takes no certificate authority of one's own. */
function infoOf(host: string, { tls, caFile }: Address): Promise<Info> {
  const options = {
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
  };
  const url = `${tls ? 'https' : 'http'}://${/:\d+$/.test(host) ? host : `${host}:2113`}/info`;
  return new Promise((resolve, reject) => {
    const asked = (tls ? https : http).get(url, options, answer => {
      json(answer).then(body => {
        resolve({ body: body as Info['body'], date: answer.headers.date });
      }, reject);
    });
    asked.on('error', reject);
  });
}

/** The header names the second: what a clock may be off by less than that is nothing. */
function offMs(header: string | undefined, asked: number, answered: number): number | undefined {
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
