import { setImmediate as turn } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { Controller, Inject, Query, Req, Sse } from '@nestjs/common';
import type { BeforeApplicationShutdown, MessageEvent } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { EMPTY, endWith, interval, map, merge, ReplaySubject, takeUntil, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import type { FastifyRequest } from 'fastify';
import type { EventAnswer, Ledger } from '@credence/runtime';
import { LEDGER } from '../http/ledger.module.js';
import { invalidParameter } from '../http/parameters.js';
import { FeedQuery } from './feed.dto.js';

/** Proxies cut a connection that is silent for a minute or so. */
const HEARTBEAT_MS = 15_000;
const END = {} as MessageEvent;

@ApiTags('events')
@Controller('v1/feed')
export class FeedController implements BeforeApplicationShutdown {
  private readonly closing = new ReplaySubject<void>(1);

  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /**
   * Every event as it is recorded, as server-sent events: `id` is the seq, `event` the type, `data` the event. A reader
   * that comes back with `Last-Event-ID` misses none; without it the feed starts now.
   */
  @Sse()
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The seq after which to go on.' })
  @ApiOkResponse({ description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' } } } })
  follow(@Query() query: FeedQuery, @Req() request: FastifyRequest): Observable<MessageEvent> {
    const { 'last-event-id': last } = request.headers;
    const after = last === undefined ? seqIn('after', query.after) : seqIn('Last-Event-ID', String(last));
    const feed = this.ledger.feed(after, () => writable(request.raw.socket));
    if (request.method === 'HEAD') return EMPTY;
    const heartbeat = interval(HEARTBEAT_MS).pipe(map((): MessageEvent => ({ comment: 'heartbeat' })));
    return merge(feed.pipe(map(message), endWith(END)), heartbeat).pipe(
      takeWhile(sent => sent !== END),
      takeUntil(this.closing),
    );
  }

  /** Open streams would keep the server from closing: end them before it stops listening. */
  beforeApplicationShutdown(): void {
    this.closing.next();
  }
}

const message = (event: EventAnswer): MessageEvent => ({ id: String(event.seq), type: event.type, data: event });

function seqIn(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[0-9]{1,15}$/.test(text)) return Number(text);
  throw invalidParameter(name, `found "${text}", wanted the seq of an event`);
}

/** Waits until what was written has left: a reader that is slow holds back its own feed, and nothing piles up for it. */
async function writable(socket: Socket): Promise<void> {
  await turn();
  while (socket.writableNeedDrain && !socket.destroyed) {
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.once('drain', resolve).once('close', resolve);
    await promise;
    socket.off('drain', resolve).off('close', resolve);
  }
}
