import { createServer } from 'node:http';

/** A Slack that takes everything: for tests that are about something else. */
export async function startQuietSlack(): Promise<{ readonly url: string; close(): Promise<void> }> {
  let ts = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    ts += 1;
    response.end(JSON.stringify({ ok: true, ts: `1.${ts}`, channel: 'C1', user_id: 'UBOT', members: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
