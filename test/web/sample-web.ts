import { sealSession } from '../../src/auth/session.ts';
import { ROLES, type Role } from '../../src/domain/role.ts';
import type { Core } from '../../src/usecases/core.ts';
import { createWeb } from '../../web/app.ts';
import type { WebDeps } from '../../web/deps.ts';
import { type LogLine, sampleCore } from './sample-world.ts';

export const TOKEN = 'test-api-token';
export const BASE_URL = 'http://icb.test';
export const SECRETS = ['test-secret'];
export const MACHINE_NOW = Date.parse('2026-11-22T12:00:00Z');

export const BEARER = { Authorization: `Bearer ${TOKEN}` };

/** What a browser on our own pages sends. */
export const SAME_ORIGIN = { Origin: BASE_URL, 'Sec-Fetch-Site': 'same-origin' };

const userOf = (role: Role): string => (role === 'admin' ? 'U1' : `U-${role}`);
/** The roles of the people `cookieOf` signs in. */
export const sampleRoleOf = async (userId: string): Promise<Role> =>
  ROLES.find((role) => userOf(role) === userId) ?? 'viewer';

export function cookieOf(role: Role, expiresAt = MACHINE_NOW + 60_000): { Cookie: string } {
  const session = { userId: userOf(role), name: role === 'admin' ? 'Ada' : 'Vic', expiresAt };
  return { Cookie: `icb=${sealSession(session, SECRETS)}` };
}

export interface SampleWeb {
  readonly core: Core;
  readonly log: LogLine[];
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  readonly send: (
    method: 'POST' | 'PUT',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
  /** Exactly this request. */
  readonly raw: (path: string, init: RequestInit) => Promise<Response>;
  readonly form: (
    path: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Response>;
}

/** A web over an empty memory store; every request bears the API token unless the test gives other headers. */
export async function sampleWeb(deps: Partial<WebDeps> = {}): Promise<SampleWeb> {
  const log: LogLine[] = [];
  const core = deps.core ?? (await sampleCore(undefined, log));
  const app = createWeb({
    core,
    picture: {
      svg: async (_spec, { title }) =>
        `<svg xmlns="http://www.w3.org/2000/svg"><title>${title}</title></svg>`,
      png: async () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
    },
    settings: {
      baseUrl: BASE_URL,
      secrets: SECRETS,
      apiToken: TOKEN,
      timeZone: 'UTC',
      currency: 'USD',
      locale: 'en-US',
    },
    machineNow: () => MACHINE_NOW,
    roleOf: sampleRoleOf,
    version: '0.0.0-test',
    ...deps,
  });
  const request = async (path: string, init: RequestInit): Promise<Response> =>
    app.request(`${BASE_URL}${path}`, init);
  return {
    core,
    log,
    raw: request,
    get: (path, headers = BEARER) => request(path, { headers }),
    send: (method, path, body, headers = BEARER) =>
      request(path, {
        method,
        headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    form: (path, fields, headers = { ...cookieOf('admin'), ...SAME_ORIGIN }) =>
      request(path, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields),
      }),
  };
}
