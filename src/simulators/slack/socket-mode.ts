import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Json } from './block-kit/walk-blocks.ts';
import type { AppAnswer, Envelope } from './deliveries.ts';

/** Slack's side of socket mode: hello, envelopes, acknowledgements. */
export interface SocketMode {
  isConnected(): boolean;
  /** A WebSocket URL for `apps.connections.open`; its ticket works once. */
  ticketUrl(): string;
  deliver(
    envelope: Envelope,
    payload: Json,
    timeoutMs: number,
    retry?: { num: number; reason: string },
  ): Promise<AppAnswer>;
  /** Asks every client to reconnect, as Slack does from time to time. */
  refresh(): void;
  listenOn(server: Server): void;
  close(): void;
}

const ackSchema = z.object({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
});

/** Clients give up on a server that has not pinged for 30 s. */
const PING_EVERY_MS = 10_000;

/** How long a client gets to answer the closing handshake. */
const CLOSE_GRACE_MS = 200;

export function createSocketMode(base: () => string, appId: string, secret: () => string): SocketMode {
  const sockets = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: Json | undefined) => void>();
  const wss = new WebSocketServer({ noServer: true });
  const pings = setInterval(() => {
    for (const socket of sockets) socket.ping();
  }, PING_EVERY_MS);
  pings.unref();

  const greet = (socket: WebSocket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => {
      const ack = ackSchema.safeParse(readJson(String(data)));
      if (ack.success) waiting.get(ack.data.envelope_id)?.(ack.data.payload);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.size,
        debug_info: { host: 'simulated', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/socket' || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    wss.handleUpgrade(request, socket, head, greet);
  };

  return {
    isConnected: () => sockets.size > 0,
    ticketUrl() {
      const ticket = secret();
      tickets.add(ticket);
      return `${base().replace(/^http/, 'ws')}/socket?ticket=${ticket}`;
    },
    deliver(envelope, payload, timeoutMs, retry) {
      const id = secret();
      // One connection gets it; with several, Slack picks one of them.
      const [socket] = sockets;
      return new Promise((resolve) => {
        const settle = (answer: AppAnswer) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(
          () => settle({ ok: false, status: undefined, body: undefined, error: 'operation_timeout' }),
          timeoutMs,
        );
        waiting.set(id, (body) => settle({ ok: true, status: 200, body: nothingIfEmpty(body) }));
        socket?.send(
          JSON.stringify({
            envelope_id: id,
            type: envelope,
            accepts_response_payload: envelope !== 'events_api',
            payload,
            ...(retry ? { retry_attempt: retry.num, retry_reason: retry.reason } : {}),
          }),
        );
      });
    },
    refresh() {
      for (const socket of sockets)
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    listenOn: (server) => void server.on('upgrade', upgrade),
    close() {
      clearInterval(pings);
      for (const socket of sockets) {
        socket.close(1001);
        setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
      }
      wss.close();
    },
  };
}

/** An acknowledgement without content arrives as an empty object. */
const nothingIfEmpty = (body: Json | undefined): Json | undefined =>
  body && Object.keys(body).length > 0 ? body : undefined;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
