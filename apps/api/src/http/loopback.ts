import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isIP } from 'node:net';
import { LedgerError } from '@credence/contracts';
import { invalidParameter } from './parameters.js';

/** Whether a name or an address always means this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  if (bare === 'localhost' || bare.endsWith('.localhost') || bare === '::1') return true;
  return isIP(bare) === 4 && bare.startsWith('127.');
}

/** @throws invalid-parameter - another address than loopback, while nobody is authenticated */
export function checkHost(host: string, allowUnauthenticated: boolean): void {
  if (allowUnauthenticated || isLoopback(host)) return;
  throw new LedgerError(
    'invalid-parameter',
    `--host ${host}: there is no authentication yet, so only loopback is served; --allow-unauthenticated says that you know`,
  );
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * While nobody is authenticated, whoever reaches the server may write. Loopback alone does not keep web pages out: one
 * may have its own name resolve to 127.0.0.1 (then Host names it), or send a form across origins (then Origin does).
 */
export function keepToLoopback(fastify: FastifyInstance): void {
  let lastHost: string | undefined; // nearly all requests name the same
  const isHere = (host: string): boolean => {
    if (host === lastHost) return true;
    if (!isLoopback(host.replace(/:\d*$/, ''))) return false;
    lastHost = host;
    return true;
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(foreign(request, isHere));
  });
}

function foreign({ method, headers }: FastifyRequest, isHere: (host: string) => boolean): Error | undefined {
  const { host, origin } = headers;
  if (host === undefined || !isHere(host))
    return invalidParameter('Host', 'names another machine, and only loopback is served');
  if (origin === undefined || !WRITES.has(method)) return undefined;
  const from = URL.parse(origin)?.host;
  if (from !== host) return invalidParameter('Origin', 'a page of another origin may not write');
  return undefined;
}
