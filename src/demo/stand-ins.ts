import manifest from '../../bot/manifest.json' with { type: 'json' };
import { isIcbError } from '../domain/errors.ts';
import { type MspFile, simBookOf } from '../simulators/autotask/sim-book-of.ts';
import { startAutotaskSimulator } from '../simulators/autotask/start-autotask-simulator.ts';
import { demoAccount } from '../simulators/datto-rmm/demo-account.ts';
import { startDattoRmmSimulator } from '../simulators/datto-rmm/start-datto-rmm-simulator.ts';
import type { SlackSimulatorOptions } from '../simulators/slack/settings.ts';
import { startSlackSimulator } from '../simulators/slack/start-slack-simulator.ts';
import { DEMO_GROUPS, DEMO_PEOPLE } from './demo-people.ts';
import type { SampleSite } from './sample-site.ts';

/** Those the app's manifest registers. */
const APP_SHORTCUTS = manifest.features.shortcuts as SlackSimulatorOptions['shortcuts'];

/** The first free port from `wanted` on. */
export async function firstFree<T>(wanted: number, start: (port: number) => Promise<T>): Promise<T> {
  for (let port = wanted; port < wanted + 20; port++) {
    try {
      return await start(port);
    } catch (error) {
      const taken = isIcbError(error)
        ? error.code === 'config'
        : (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken) throw error;
    }
  }
  return start(0);
}

/** What the stand-ins are filled with. */
export interface DemoBook {
  readonly sites: readonly SampleSite[];
  readonly msp: MspFile;
  readonly seed: number;
  readonly adminId: string;
}

/** Stand-ins for what a live icb connects to, unless the environment names the real thing. */
export async function startStandIns(
  env: NodeJS.ProcessEnv,
  icbPort: number,
  { sites, msp, seed, adminId }: DemoBook,
) {
  const slack = env.SLACK_BOT_TOKEN
    ? undefined
    : await firstFree(icbPort + 1, (port) =>
        startSlackSimulator({
          port,
          requestUrl: `http://127.0.0.1:${icbPort}/slack/events`,
          shouldEscape: true,
          users: [...DEMO_PEOPLE],
          shortcuts: APP_SHORTCUTS,
          userGroups: [...DEMO_GROUPS],
        }),
      );
  const dattoRmm = env.DATTO_RMM_API_URL
    ? undefined
    : await firstFree(icbPort + 2, (port) =>
        startDattoRmmSimulator({ port, seed, account: demoAccount(sites, seed, 'Northwind IT') }),
      );
  // Business time may start elsewhere, and the periods of contracts with it.
  const ahead = env.ICB_CLOCK ? Date.parse(env.ICB_CLOCK) - Date.now() : 0;
  const autotask =
    env.ICB_PSA !== 'autotask' || env.AUTOTASK_USERNAME
      ? undefined
      : await firstFree(icbPort + 3, (port) =>
          startAutotaskSimulator({ port, seed, book: simBookOf(msp), now: () => Date.now() + ahead }),
        );
  return {
    slack,
    dattoRmm,
    autotask,
    env: {
      ...(slack && {
        SLACK_BOT_TOKEN: 'xoxb-demo',
        SLACK_SIGNING_SECRET: 'demo-signing-secret',
        SLACK_API_URL: slack.apiUrl,
        SLACK_CHANNEL: 'C0BILLING',
        SLACK_ADMINS: adminId,
      }),
      ...(dattoRmm && {
        DATTO_RMM_API_URL: dattoRmm.url,
        DATTO_RMM_API_KEY: dattoRmm.apiKey,
        DATTO_RMM_API_SECRET: dattoRmm.apiSecret,
      }),
      ...(autotask && {
        AUTOTASK_USERNAME: autotask.user,
        AUTOTASK_SECRET: autotask.secret,
        AUTOTASK_INTEGRATION_CODE: autotask.integrationCode,
        AUTOTASK_API_URL: autotask.apiUrl,
      }),
    },
    close: async () => {
      await slack?.close();
      await dattoRmm?.close();
      await autotask?.close();
    },
  };
}
