import { readConfig } from '../config.ts';
import { isIcbError } from '../domain/errors.ts';
import { openApi } from './api.ts';
import type { Said } from './commands.ts';

interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks what a live icb needs, one line each; fixes nothing. */
export async function doctor(environment: NodeJS.ProcessEnv): Promise<Said & { readonly ok: boolean }> {
  const checks: Check[] = [...settings(environment), ...(await data(environment))];
  const ok = checks.every((check) => check.ok);
  const text = checks.map((check) => `${check.ok ? '✓' : '✗'} ${check.text}`).join('\n');
  return { ok, json: { ok, checks }, text };
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

async function data(environment: NodeJS.ProcessEnv): Promise<Check[]> {
  try {
    const api = await openApi(environment);
    try {
      const { items } = await api.get<{
        items: { name: string; enabled: boolean; connected: boolean; problem?: string }[];
      }>('/api/modules');
      const connected = items.filter((module) => module.connected);
      const failed = items.filter((module) => module.enabled && module.problem);
      return [
        { ok: true, text: 'The store opens.' },
        {
          ok: connected.length > 0,
          text: `Connected modules: ${connected.map((module) => module.name).join(', ') || 'none'}.`,
        },
        ...failed.map((module) => ({ ok: false, text: `${module.name}: ${module.problem}` })),
      ];
    } finally {
      await api.close();
    }
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return [{ ok: false, text: error.message }];
  }
}
