import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { Ledger } from '@credence/runtime';
import { routeOf } from '../http/log.js';

const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];

/** Of the process, once for all apps in it: its observers cannot be taken off again. */
let ofProcess: Registry | undefined;

/** What the server tells about itself, in the Prometheus text format. Routes are patterns: no label holds a name or a word. */
export function measure(fastify: FastifyInstance, ledger: Ledger): () => Promise<string> {
  const registry = new Registry();
  const requests = new Counter({
    name: 'credence_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'credence_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route'] as const,
    buckets: SECONDS,
    registers: [registry],
  });
  const events = gauge(registry, 'credence_events', 'Events in the ledger.');
  const lag = gauge(registry, 'credence_view_lag_events', 'Events that a view does not hold yet.', ['view']);
  const stopped = gauge(
    registry,
    'credence_view_stopped',
    '1 while a view stands before an event that it cannot apply.',
    ['view'],
  );

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    const method = request.is404 ? 'any' : request.method;
    requests.inc({ method, route, status: reply.statusCode });
    durations.observe({ method, route }, reply.elapsedTime / 1000);
    done();
  });

  return async () => {
    const { head, views } = await ledger.health();
    events.set(head + 1);
    for (const view of views) {
      lag.set({ view: view.name }, Math.max(0, head - view.seq));
      stopped.set({ view: view.name }, view.stopped === undefined ? 0 : 1);
    }
    ofProcess ??= processMetrics();
    return Registry.merge([registry, ofProcess]).metrics();
  };
}

const gauge = (registry: Registry, name: string, help: string, labelNames: string[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] });

function processMetrics(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
