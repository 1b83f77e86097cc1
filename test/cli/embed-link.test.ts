import { expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { embedLink, listEmbedLinks, revokeEmbedLink, signingKey } from '../../src/cli/embed-link.ts';
import { sampleWeb } from '../web/sample-web.ts';

/** The commands on a real API, without a port. */
async function apiOf(): Promise<Api> {
  const web = await sampleWeb();
  const read = async <T>(answer: Response): Promise<T> => {
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return JSON.parse(text || 'null') as T;
  };
  return {
    get: async (path) => read(await web.get(path)),
    send: async (method, path, body) => read(await web.send(method, path, body)),
    close: async () => {},
  };
}

test('makes, lists and revokes a link', async () => {
  const api = await apiOf();
  const made = await embedLink(api, {
    widget: 'pending-by-module',
    organization: 'o1, o2',
    host: 'https://portal.example.com',
    until: '2027-01-31',
    allow: 'interactive, leakage',
    viewerFilters: 'module, months',
  });
  expect(made.text).toContain('viewers may filter by module, months; leakage too');
  const { id, url } = made.json as { id: string; url: string };
  expect(made.text).toContain(url);
  expect(made.text).toContain('<iframe');
  expect((await listEmbedLinks(api)).text).toContain('never used');
  expect(JSON.stringify((await listEmbedLinks(api)).json)).toContain('"organization":["o1","o2"]');
  await revokeEmbedLink(api, id);
  expect((await listEmbedLinks(api)).text).toContain('revoked 2026-11-22');
});

test('a token is not listed', async () => {
  const api = await apiOf();
  expect((await embedLink(api, { tab: 'icb', token: true })).text).toContain('ten minutes');
  expect((await listEmbedLinks(api)).text).toBe('There are no publish links.');
});

test('the signing key is not the secret, and names itself', () => {
  const ICB_SECRET = 'a secret of sixteen or more';
  const { text } = signingKey({ ICB_SECRET });
  expect(text).toMatch(/^ICB_EMBED_KID=[0-9a-f]{8}\nICB_EMBED_KEY=[\w-]{43}$/);
  expect(text).not.toContain(ICB_SECRET);
  expect(() => signingKey({})).toThrow(/Set ICB_SECRET first/);
});
