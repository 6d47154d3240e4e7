import type { CanActivate } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LedgerError, meant } from '@credence/contracts';

export const invalidParameter = (parameter: string, detail: string, code = 'invalid'): LedgerError =>
  new LedgerError('invalid-parameter', `${parameter}: ${detail}`, [{ pointer: parameter, code, detail }]);

/**
 * The query's parameters: each known, each given once.
 *
 * @throws invalid-parameter - naming the one that is not
 */
export function parametersIn(
  query: Readonly<Record<string, unknown>>,
  known: readonly string[],
): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name))
      throw invalidParameter(name, `unknown parameter${meant(name, known)}`, 'unknown-parameter');
    if (typeof value !== 'string') throw invalidParameter(name, 'given more than once', 'repeated');
    parameters[name] = value;
  }
  return parameters;
}

/** @throws invalid-parameter */
export function flagOf(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalidParameter(name, `found "${value}", wanted true or false`);
}

/** Of a route that takes no parameters: one that was given would else be passed over in silence. */
export const noParameters: CanActivate = {
  canActivate: context => {
    const { query } = context.switchToHttp().getRequest<FastifyRequest>();
    parametersIn(query as Record<string, unknown>, []);
    return true;
  },
};
