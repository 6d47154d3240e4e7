import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BUILT, mustBeBuilt, start, temporaryFolder } from '../support/built.js';
import type { Process } from '../support/built.js';
import { nearCopies } from '../support/near-copies.js';

/** The server as built looks for quotations in a thread of its own. */
let folder: ReturnType<typeof temporaryFolder>;
let server: Process;
let url: string;
beforeAll(async () => {
  mustBeBuilt();
  folder = temporaryFolder();
  server = start([BUILT, 'serve', '--ledger', `sqlite:${join(folder.path, 'ledger')}`, '--port', '0']);
  [, url = ''] = await server.saw(/Credence serves \S+ at (http:\S+)/);
});
afterAll(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
  folder.remove();
});

const post = async (path: string, body: unknown, type = 'application/json') => {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': type, 'credence-actor': 'ada' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: sent });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

it('answers others while a quotation is looked for that takes seconds, and ends when it is told to', async () => {
  const { text, quote } = nearCopies(4_000_000);
  const { body: source } = await post('/v1/sources', { kind: 'organisation', name: 'The paper' });
  const { status, body: capture } = await post(`/v1/sources/${String(source['id'])}/captures`, text, 'text/plain');
  expect(status).toBe(201);

  let answered = false;
  const anchoring = post(`/v1/captures/${String(capture['id'])}/anchor`, { exact: quote }).finally(() => {
    answered = true;
  });
  const meanwhile: number[] = [];
  while (!answered) {
    const asked = performance.now();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    if (!answered) meanwhile.push(performance.now() - asked);
  }
  expect(await anchoring).toMatchObject({ status: 200, body: { state: 'ambiguous' } });
  expect(meanwhile.length).toBeGreaterThan(10);
  expect(Math.max(...meanwhile)).toBeLessThan(1000);

  // The text is held ready: what stands there is found at once, and the thread keeps nobody alive.
  const found = await post(`/v1/captures/${String(capture['id'])}/anchor`, { exact: text.slice(0, 200) });
  expect(found.body).toMatchObject({ state: 'exact' });
  server.child.kill('SIGTERM');
  expect(await server.ended).toMatchObject({ code: 0, err: '' });
}, 120_000);
