import { Observable } from 'rxjs';
import { lines } from './http-client.js';
import type { EventAnswer } from './ledger.js';

/** The feed of a server: its server-sent events, of which every `data` line is one event (HTML, "Server-sent events"). */
export function httpFeed(base: string, after?: number, ready?: () => Promise<void>): Observable<EventAnswer> {
  return new Observable(reader => {
    const abort = new AbortController();
    const headers = after === undefined ? {} : { 'last-event-id': String(after) };
    const run = async () => {
      for await (const line of lines(base, '/v1/feed', { accept: 'text/event-stream', ...headers }, abort.signal)) {
        if (!line.startsWith('data: ')) continue;
        await ready?.();
        reader.next(JSON.parse(line.slice('data: '.length)) as EventAnswer);
      }
    };
    run().then(
      () => {
        reader.complete();
      },
      (error: unknown) => {
        reader.error(error);
      },
    );
    return () => {
      abort.abort();
    };
  });
}
