import { rmSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { createApp } from '../../apps/api/src/app.js';
import type { AppOptions } from '../../apps/api/src/app.js';
import { openLedger } from '@credence/runtime';
import type { EventAnswer, Ledger } from '@credence/runtime';
import { inNamespace, LIVE_URL, temporaryFolder } from './live-kurrent.js';

/** The app over a ledger in memory, or on the live server where there is one, listening on a port of its own. */
export interface Served {
  readonly app: NestFastifyApplication;
  readonly ledger: Ledger;
  readonly url: string;
  get(path: string): request.Test;
  /** As `ada`. */
  post(path: string, body?: object): request.Test;
  /** What was written after seq `after`. */
  eventsAfter(after: number): Promise<EventAnswer[]>;
  head(): Promise<number>;
  close(): Promise<void>;
}

export async function served(
  options: AppOptions = {},
  { inMemory = false, ...config }: { clock?: () => number; inMemory?: boolean } = {},
): Promise<Served> {
  const node = LIVE_URL === undefined || inMemory ? undefined : temporaryFolder();
  const where = node === undefined ? { url: 'memory:' } : { url: inNamespace(LIVE_URL as string), data: node };
  const ledger = await openLedger({ ...where, actor: 'test', ...config });
  const app = await createApp(ledger, options);
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer();
  const head = async () => (await ledger.health()).head;
  return {
    app,
    ledger,
    url: await app.getUrl(),
    get: path => request(server).get(path),
    post: (path, body = {}) => request(server).post(path).set('Credence-Actor', 'ada').send(body),
    eventsAfter: async after => {
      const events: EventAnswer[] = [];
      for (let seq = after + 1, last = await head(); seq <= last; seq++) events.push(await ledger.event(seq));
      return events;
    },
    head,
    close: async () => {
      await app.close();
      if (node !== undefined) rmSync(node, { recursive: true, force: true });
    },
  };
}
