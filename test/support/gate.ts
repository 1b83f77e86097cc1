import { createServer } from 'node:http';

export interface Gate {
  readonly url: string;
  /** Requests wait from now on, before they reach the vendor. */
  shut(): void;
  open(): void;
  /** Resolves when a request waits at the shut gate. */
  waited(): Promise<void>;
  close(): Promise<void>;
}

/** A vendor behind a gate that the test shuts: for what happens while an answer is awaited. */
export async function startGate(vendorUrl: string): Promise<Gate> {
  let gate = Promise.resolve();
  let open: () => void = () => {};
  let arrived = Promise.withResolvers<void>();
  const server = createServer(async (request, response) => {
    const body: Uint8Array[] = [];
    for await (const chunk of request) body.push(chunk);
    arrived.resolve();
    await gate;
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !['host', 'connection', 'content-length'].includes(name)
        ? [[name, value] as [string, string]]
        : [],
    );
    const answer = await fetch(`${vendorUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    }).catch(() => undefined);
    response.writeHead(answer?.status ?? 502, {
      'content-type': answer?.headers.get('content-type') ?? 'text/plain',
    });
    response.end(answer ? Buffer.from(await answer.arrayBuffer()) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    shut() {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      open = held.resolve;
      arrived = Promise.withResolvers<void>();
    },
    open: () => open(),
    waited: () => arrived.promise,
    close: () =>
      new Promise((resolve) => {
        open();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
