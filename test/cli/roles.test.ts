import { expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { grant, revoke, roles } from '../../src/cli/roles.ts';
import { sampleWeb } from '../web/sample-web.ts';

/** The commands on a real API, without a port. */
async function apiOf(): Promise<Api> {
  const web = await sampleWeb();
  const read = async <T>(answer: Response): Promise<T> => {
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.detail);
    return body as T;
  };
  return {
    get: async (path) => read(await web.get(path)),
    send: async (method, path, body) => read(await web.send(method, path, body)),
    close: async () => {},
  };
}

test('gives, lists and takes away a role without Slack', async () => {
  const api = await apiOf();
  expect((await roles(api)).text).toContain('Nobody has been given a role.');
  expect((await grant(api, 'U012AB3CD', 'approver')).text).toBe('U012AB3CD is approver now.');
  expect((await roles(api)).text).toMatch(/U012AB3CD +person +approver/);
  await revoke(api, 'U012AB3CD');
  expect((await roles(api)).text).toContain('Nobody has been given a role.');
});

test('what is no role is refused with the roles there are', async () => {
  await expect(grant(await apiOf(), 'U012AB3CD', 'king')).rejects.toThrow(
    '"king" is no role. There are: viewer, operator, approver, admin.',
  );
});
