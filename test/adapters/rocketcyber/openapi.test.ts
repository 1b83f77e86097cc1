import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RocketCyberSimulator } from '../../../src/simulators/rocketcyber/start-rocketcyber-simulator.ts';
import { type OpenApi, specCheck } from '../datto-rmm/open-api.ts';
import { cyberAccount, openRocketCyber } from './open-rocketcyber.ts';

/** An unofficial description, not ours to publish: it lies beside the repository where it is at hand at all. */
const SPEC = new URL('../../../../shared/specs/rocketcyber/openapi.json', import.meta.url);
const present = existsSync(SPEC);

/** Where what clients see on the wire, and so wire mode, departs from it. */
const KNOWN_DIFFERENCES = [
  // Lists are enveloped otherwise …
  ...['currentPage', 'data', 'dataCount', 'totalCount', 'totalPages'].map(
    (name) => `/${name}: additionalProperties`,
  ),
  // … and users are a list with a total.
  ...['monitoredAccounts', 'secureScoreProgress', 'secureScoreToDo'].map(
    (name) => `/${name}: additionalProperties`,
  ),
];

/** OpenAPI 3.0 in words of JSON Schema: `nullable`, and `allOf` as one object, so that it can be closed. */
function plain(schema: unknown, document: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => plain(entry, document));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, allOf, $ref, ...rest } = schema as Record<string, unknown>;
  if (typeof $ref === 'string')
    return plain(
      $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], document),
      document,
    );
  const parts = ((allOf as unknown[] | undefined) ?? []).map(
    (part) => plain(part, document) as { properties: object },
  );
  const own = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, plain(inner, document)]));
  if (parts.length > 0)
    return { type: 'object', properties: Object.assign({}, ...parts.map((part) => part.properties)) };
  return nullable === true ? { ...own, type: [own.type, 'null'] } : own;
}

interface Exchange {
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

const ACCOUNTS = [cyberAccount(1, 'One', [3, 2, 8]), cyberAccount(2, 'Two', [0, 0, 1])];

/** All our client asks of the stand-in in one count. */
async function exchanges(
  mode: 'wire' | 'spec',
): Promise<{ simulator: RocketCyberSimulator; all: Exchange[] }> {
  const { simulator, count } = await openRocketCyber({ accounts: ACCOUNTS, mode });
  await count();
  const all = await Promise.all(
    simulator.requests
      .filter(({ status }) => status === 200)
      .map(async ({ path, query }): Promise<Exchange> => {
        const url = new URL(`${path}?${new URLSearchParams(query)}`, simulator.url);
        const answer = await fetch(url, { headers: { authorization: `Bearer ${simulator.apiKey}` } });
        return {
          url: new URL(url.href.replace('/v3/', '/')),
          status: answer.status,
          body: await answer.json(),
        };
      }),
  );
  return { simulator, all };
}

it('says whether the unofficial OpenAPI is at hand', () => {
  if (!present) console.warn('Not checked: the RocketCyber OpenAPI is not beside this repository.');
  expect(typeof present).toBe('boolean');
});

describe.runIf(present)('RocketCyber OpenAPI (unofficial)', () => {
  const simulators: RocketCyberSimulator[] = [];
  let check: ReturnType<typeof specCheck>;
  const open = async (mode: 'wire' | 'spec') => {
    const { simulator, all } = await exchanges(mode);
    simulators.push(simulator);
    return { simulator, all };
  };
  beforeAll(() => {
    const document = JSON.parse(readFileSync(SPEC, 'utf8'));
    check = specCheck(plain(document, document) as OpenApi);
  });
  afterAll(() => Promise.all(simulators.map((simulator) => simulator.close())));

  it('accepts every request our client sends', async () => {
    const { all } = await open('spec');
    expect(new Set(all.map(({ url }) => url.pathname))).toEqual(
      new Set(['/accounts', '/agents', '/firewalls', '/office']),
    );
    expect(all.flatMap(({ url }) => check.request(url))).toEqual([]);
  });

  it('accepts every answer of the stand-in in spec mode', async () => {
    const { all } = await open('spec');
    for (const { url, status, body } of all)
      expect([url.href, status, check.answer(url.pathname, status, body)]).toEqual([url.href, 200, []]);
  });

  it('accepts its refusal', async () => {
    const { simulator } = await open('spec');
    const answer = await fetch(`${simulator.url}/v3/agents`);
    expect([answer.status, check.answer('/agents', 401, await answer.json())]).toEqual([401, []]);
  });

  it('differs from wire mode by the list above and nothing else', async () => {
    const { all } = await open('wire');
    const faults = all.flatMap(({ url, status, body }) =>
      check.answer(url.pathname.replace(/^\/account$/, '/accounts'), status, body),
    );
    expect([...new Set(faults)].sort()).toEqual([...KNOWN_DIFFERENCES].sort());
  });

  it('would notice a wrong answer', () => {
    expect(check.answer('/agents', 200, { total: 'one', items: [{ id: 7, hostname: 'x' }] }).sort()).toEqual([
      '/items/…/id: type',
      '/items/…: required',
      '/total: type',
    ]);
  });
});
