import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { runningServer } from '../../src/cli/api.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => servers.splice(0).map((each) => each.close()));

async function serve(body: string, status = 200): Promise<number> {
  const server = createServer((_, answer) => answer.writeHead(status).end(body));
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

test('icb is found at its port', async () => {
  const port = await serve('{"status":"ok","version":"0.1.0"}');
  expect(await runningServer('', port)).toBe(`http://127.0.0.1:${port}`);
});

test.each([
  ['a page for every address', '<!doctype html><title>My app</title>'],
  ['a health of its own', '{"status":"ok"}'],
  ['nothing', ''],
])('another program that answers %s is not icb: it gets no token', async (_, body) => {
  expect(await runningServer('', await serve(body))).toBeUndefined();
});
