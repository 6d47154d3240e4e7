/* POST and GET over HTTP against two servers of raw node:http: one that only answers, with the same payloads and answers of the same
 * size; and, for POST, one that appends the same event to the same kind of store at the port, without door, command or view. 64
 * connections that are kept alive, driven from a process of their own. Every server runs in a process of its own too. One claim is
 * read again and again, and every claim of the round is read once: what nobody has asked for since the ledger moved. */
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { interleaved, ratio } from './measure.mjs';

const SCALE = Number(process.env.CREDENCE_BENCH_SCALE ?? 1);
const CONNECTIONS = 64;
const POSTS = Math.max(CONNECTIONS, Math.round(6400 * SCALE));
const GETS = Math.max(CONNECTIONS, Math.round(12_800 * SCALE));
const BODY = JSON.stringify({
  text: 'The council knew of the crack in the bridge ten days before it closed the bridge.',
  form: 'event',
  holdsDuring: '2025-04-26',
  topics: ['bridge'],
});
const HEADERS = { 'content-type': 'application/json', 'credence-actor': 'bench' };

export const title = 'HTTP';

export async function run() {
  const root = mkdtempSync(join(process.env.CREDENCE_BENCH_FOLDER ?? tmpdir(), 'credence-bench-'));
  const driver = await child('driver');
  const servers = {
    'memory:': await child('credence', 'memory:'),
    'sqlite:': await child('credence', `sqlite:${join(root, 'ledger')}`),
  };
  const stores = Object.keys(servers);
  const ports = {
    'memory:': await child('port', 'memory:'),
    'sqlite:': await child('port', join(root, 'port')),
  };
  try {
    const first = await driver.ask({
      url: servers['memory:'].url,
      path: '/v1/claims',
      method: 'POST',
      body: BODY,
      count: 1,
    });
    const id = {};
    for (const store of stores) {
      const { last } = await driver.ask({
        url: servers[store].url,
        path: '/v1/claims',
        method: 'POST',
        body: BODY,
        count: 1,
      });
      id[store] = JSON.parse(last).id;
    }
    const shown = await driver.ask({
      url: servers['memory:'].url,
      path: `/v1/claims/${id['memory:']}`,
      method: 'GET',
      count: 1,
    });
    const raw = await child('raw', first.last, shown.last);
    const drive = (url, path, method, count) => async () =>
      (await driver.ask({ url, path, method, count, ...(method === 'POST' ? { body: BODY } : {}) })).rate;
    try {
      const results = await interleaved({
        'POST, raw node:http': drive(raw.url, '/v1/claims', 'POST', POSTS),
        ...Object.fromEntries(
          stores.map(s => [`POST /v1/claims, ${s}`, drive(servers[s].url, '/v1/claims', 'POST', POSTS)]),
        ),
        ...Object.fromEntries(
          stores.map(s => [`POST, node:http + append, ${s}`, drive(ports[s].url, '/v1/claims', 'POST', POSTS)]),
        ),
        'GET, raw node:http': drive(raw.url, '/v1/claims/x', 'GET', GETS),
        ...Object.fromEntries(
          stores.map(s => [`GET /v1/claims/:id, ${s}`, drive(servers[s].url, `/v1/claims/${id[s]}`, 'GET', GETS)]),
        ),
        ...Object.fromEntries(
          stores.map(s => [`GET, each claim once, ${s}`, drive(servers[s].url, '/v1/claims/', 'GET', POSTS)]),
        ),
      });
      const against = (what, of, to, reach) => ({ what, reach, ...ratio(results, of, to) });
      return {
        results,
        targets: stores.flatMap(s => [
          against(`POST against raw node:http, ${s}`, `POST /v1/claims, ${s}`, 'POST, raw node:http', 0.4),
          against(`POST against node:http + append, ${s}`, `POST /v1/claims, ${s}`, `POST, node:http + append, ${s}`),
          against(`GET against raw node:http, ${s}`, `GET /v1/claims/:id, ${s}`, 'GET, raw node:http', 0.55),
          against(`GET of each claim once, ${s}`, `GET, each claim once, ${s}`, 'GET, raw node:http', 0.55),
        ]),
        notes: [
          `${CONNECTIONS} connections. The raw server reads and parses the same body and answers bytes of the same size that it has ready: it stores nothing.`,
          'node:http + append parses the body, seals the same event, appends it to the same kind of store and answers a receipt: what a POST costs whoever wants it durable and in a log. It checks nothing, looks for no repeated command, and keeps no view.',
          'Why POST is short of what is asked: sampled by V8 on 1 December 2026, with SQLite, nearly a fifth of the time in which it is busy goes into the commit that events share, as much into that of the views, a tenth into the views themselves; the answer takes a seventh, the write loop an eleventh, checks of the body a fortieth. The raw server with its append alone, which does none of this but the first, is at about half of what the bare one does.',
        ],
      };
    } finally {
      raw.end();
    }
  } finally {
    driver.end();
    for (const server of [...Object.values(servers), ...Object.values(ports)]) server.end();
    rmSync(root, { recursive: true, force: true });
  }
}

/** This file as a process of its own, in a role; resolves when it is ready. */
async function child(role, ...args) {
  const forked = fork(fileURLToPath(import.meta.url), ['--role', role, ...args]);
  const answer = () =>
    new Promise((resolve, reject) => {
      forked.once('exit', code => reject(new Error(`the ${role} ended with ${code}`)));
      forked.once('message', message => {
        forked.removeAllListeners('exit');
        if (message.error === undefined) resolve(message);
        else reject(new Error(message.error));
      });
    });
  const { url } = await answer();
  return {
    url,
    ask: message => {
      const answered = answer();
      forked.send(message);
      return answered;
    },
    end: () => forked.kill(),
  };
}

const ROLES = {
  credence: async url => {
    const { openLedger } = await import('../dist/libs/runtime/src/index.js');
    const { serve } = await import('../dist/apps/api/src/serve.js');
    const served = await serve(await openLedger({ url, actor: 'bench' }), { port: 0 });
    process.send({ url: served.url });
  },
  raw: (posted, shown) => {
    const server = createServer((sent, answer) => {
      const chunks = [];
      sent.on('data', chunk => chunks.push(chunk));
      sent.on('end', () => {
        const post = sent.method === 'POST';
        if (post) JSON.parse(Buffer.concat(chunks).toString());
        answer.writeHead(post ? 201 : 200, { 'content-type': 'application/json; charset=utf-8' });
        answer.end(post ? posted : shown);
      });
    });
    server.keepAliveTimeout = 72_000;
    server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
  },
  port: async folder => {
    const { memoryEventStore, seal } = await import('../dist/libs/kernel/src/index.js');
    const { openSqliteEventStore } = await import('../dist/libs/event-store-sqlite/src/index.js');
    const { primitives, idOf } = await import('./events.mjs');
    const options = { clock: Date.now, sha256: primitives.sha256 };
    const store = folder === 'memory:' ? memoryEventStore(options) : await openSqliteEventStore({ folder, ...options });
    const head = {
      type: 'ClaimRecorded',
      schemaVersion: 1,
      actor: 'bench',
      correlationId: 'bench',
      ledger: idOf('ledger'),
    };
    const commandHash = '0'.repeat(64);
    let made = 0;
    const server = createServer((sent, answer) => {
      const chunks = [];
      sent.on('data', chunk => chunks.push(chunk));
      sent.on('end', async () => {
        const { text, ...data } = JSON.parse(Buffer.concat(chunks).toString());
        const id = idOf(made++);
        const stream = `claim-${id}`;
        const commandId = randomUUID();
        const event = seal(stream, { ...head, commandHash, commandId }, { data, words: { text } }, primitives);
        const [placed] = await store.append(stream, 'no-stream', [event]);
        answer.writeHead(201, { 'content-type': 'application/json; charset=utf-8' });
        answer.end(JSON.stringify({ commandId, stream, ...placed, id }));
      });
    });
    server.keepAliveTimeout = 72_000;
    server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
  },
  driver: () => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    /** Of each server, what the last POSTs made. */
    const made = {};
    process.on('message', async ({ url, path, method, body, count }) => {
      try {
        let left = count;
        let last = '';
        const paths = path.endsWith('/') ? made[url].map(id => `${path}${id}`) : [path];
        const answers = [];
        const from = process.hrtime.bigint();
        const connection = async () => {
          while (left-- > 0) {
            last = await sent(agent, url, paths[left % paths.length], method, body);
            if (method === 'POST') answers.push(last);
          }
        };
        await Promise.all(Array.from({ length: Math.min(count, CONNECTIONS) }, connection));
        const rate = count / (Number(process.hrtime.bigint() - from) / 1e9);
        if (method === 'POST') made[url] = answers.map(answer => JSON.parse(answer).id);
        process.send({ rate, last });
      } catch (error) {
        process.send({ error: String(error) });
      }
    });
    process.send({});
  },
};

function sent(agent, url, path, method, body) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { ...HEADERS, 'content-length': Buffer.byteLength(body) };
    const made = request({ agent, hostname, port, path, method, headers }, answer => {
      const chunks = [];
      answer.on('data', chunk => chunks.push(chunk));
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (answer.statusCode < 300) resolve(text);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    made.on('error', reject).end(body);
  });
}

if (process.argv[2] === '--role') await ROLES[process.argv[3]](...process.argv.slice(4));
