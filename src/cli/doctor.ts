import { readConfig } from '../config.ts';
import { isIcbError } from '../domain/errors.ts';
import { openApi } from './api.ts';
import type { Said } from './commands.ts';

interface Check {
  readonly ok: boolean;
  readonly text: string;
  /** What the check is about; left out for icb itself. */
  readonly of?: string;
}

/** Looks at everything a live icb needs, each connection for real; fixes nothing and says what to fix. */
export async function doctor(environment: NodeJS.ProcessEnv): Promise<Said & { readonly ok: boolean }> {
  const checks: Check[] = [...settings(environment), ...(await running(environment))];
  const ok = checks.every((check) => check.ok);
  const lines = checks.map(({ ok: well, text, of }) => `${well ? '✓' : '✗'} ${of ? `${of}: ` : ''}${text}`);
  return { ok, json: { ok, checks }, text: lines.join('\n') };
}

function settings(environment: NodeJS.ProcessEnv): Check[] {
  try {
    readConfig(environment);
    return [{ ok: true, text: 'All settings of a live icb are there.' }];
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return error.details.map((text) => ({ ok: false, text }));
  }
}

async function running(environment: NodeJS.ProcessEnv): Promise<Check[]> {
  try {
    const api = await openApi(environment);
    try {
      const { items } = await api.get<{ items: { name: string; findings: Check[] }[] }>('/api/connections');
      return [
        { ok: true, text: storeOpens(environment) },
        ...items.flatMap(checksOf),
        ...(await modules(api)),
      ];
    } finally {
      await api.close();
    }
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return [{ ok: false, text: error.message }];
  }
}

/** Which of the two, without user and password. */
function storeOpens(environment: NodeJS.ProcessEnv): string {
  const { databaseUrl, dataDir } = readConfig(environment, { live: false });
  if (databaseUrl === undefined) return `The store in the folder ${dataDir} opens.`;
  const { host, pathname } = new URL(databaseUrl);
  return `The store in PostgreSQL at ${host}${pathname} opens.`;
}

const checksOf = ({ name, findings }: { name: string; findings: Check[] }): Check[] =>
  findings.map(({ ok, text }) => ({ ok, text, of: name }));

async function modules(api: Awaited<ReturnType<typeof openApi>>): Promise<Check[]> {
  const { items } = await api.get<{
    items: { name: string; enabled: boolean; connected: boolean; problem?: string }[];
  }>('/api/modules');
  const connected = items.filter((module) => module.connected).map(({ name }) => name);
  const failed = items.filter((module) => module.enabled && module.problem);
  return [
    connected.length > 0
      ? { ok: true, text: `Connected modules: ${connected.join(', ')}.` }
      : {
          ok: false,
          text: 'No module is connected: set one’s API settings, or send usage to POST /api/usage.',
        },
    ...failed.map(({ name, problem }) => ({ ok: false, text: `last sync: ${problem}`, of: name })),
  ];
}
