import { Hono } from 'hono';
import { isIcbError } from '../../src/domain/errors.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { within } from '../../src/usecases/within.ts';
import type { WebDeps, WebEnv } from '../deps.ts';

/** A probe asks every few seconds; a store that is silent for so long is not ready, whatever it says later. */
const STORE_MS = 3_000;

/**
 * `/healthz`: the process answers. `/readyz`: 200 once the store is open and can be read; outages elsewhere show in its
 * body only. 503 again as soon as icb is told to stop.
 */
export function healthRoutes() {
  return new Hono<WebEnv>()
    .get('/healthz', (c) => c.json({ status: 'ok', version: c.var.deps.version }))
    .get('/readyz', async (c) => {
      const { deps } = c.var;
      if (deps.stopping?.()) return c.json({ status: 'stopping', version: deps.version }, 503);
      const read = await readStore(deps);
      if ('problem' in read)
        return c.json({ status: 'not-ready', store: { state: 'failed', problem: read.problem } }, 503);
      const psa = await psaState(deps);
      const slack = deps.slackState?.() ?? { state: deps.slackEvents ? 'connected' : 'off' };
      return c.json({
        status: 'ready',
        version: deps.version,
        store: { state: 'open' },
        psa,
        slack,
        modules: read.modules,
      });
    });
}

type Modules = Awaited<ReturnType<typeof moduleStates>>;

async function readStore(
  deps: WebDeps,
): Promise<{ readonly modules: Modules } | { readonly problem: string }> {
  try {
    const reading = moduleStates(deps);
    if (await within(STORE_MS, reading)) return { modules: await reading };
    const problem = `The store does not answer: nothing came for ${STORE_MS / 1000} seconds. icb goes on by itself once it does.`;
    deps.core.log.error({ problem }, 'not ready: the store does not answer');
    return { problem };
  } catch (error) {
    deps.core.log.error({ err: error }, 'not ready: the store does not open');
    return { problem: isIcbError(error) ? error.message : 'The store does not open; the log says why.' };
  }
}

async function psaState({ core }: WebDeps) {
  try {
    const { reachable, problem } = await core.psa.check();
    return {
      kind: core.psa.kind,
      state: reachable ? 'reachable' : 'unreachable',
      ...(problem && { problem }),
    };
  } catch (error) {
    core.log.warn({ err: error }, 'PSA check failed');
    return { kind: core.psa.kind, state: 'unreachable' };
  }
}

/** Connected modules only: what is not set up cannot be out. */
async function moduleStates({ core }: WebDeps) {
  const modules = await listModules(core);
  return modules
    .filter((module) => module.connected)
    .map(({ id, enabled, lastSync, problem }) => ({
      id,
      enabled,
      ...(lastSync !== undefined && { lastSync }),
      ...(problem !== undefined && { problem }),
    }));
}
