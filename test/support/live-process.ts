import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { until } from './until.ts';

export const LIVE_TOKEN = 'api-token-for-tests-only';

/** Settings of a live icb that has one module and a Slack that says nothing. */
export const liveSettings = (urls: { readonly slack: string; readonly rmm: string }): NodeJS.ProcessEnv => ({
  ICB_SECRET: 'a-secret-of-more-than-16',
  ICB_API_TOKEN: LIVE_TOKEN,
  ICB_TIMEZONE: 'UTC',
  ICB_CLOCK: '2026-11-10T08:00:00Z',
  SLACK_BOT_TOKEN: 'xoxb-live',
  SLACK_SIGNING_SECRET: 'signing-secret-of-a-test',
  SLACK_CHANNEL: 'C1',
  SLACK_ADMINS: 'U1',
  SLACK_API_URL: urls.slack,
  DATTO_RMM_API_URL: urls.rmm,
  DATTO_RMM_API_KEY: 'key-of-rmm',
  DATTO_RMM_API_SECRET: 'secret-of-rmm',
});

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface LiveProcess {
  readonly url: string;
  output(): string;
  stop(): Promise<Ended>;
  /** Ends it as a power cut does. */
  kill(): Promise<Ended>;
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const run = (env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Runs `npm start` with exactly these settings until it ends by itself. */
export function runToEnd(env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = run(env);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

/** Runs `npm start` with exactly these settings and waits until it answers. */
export async function startLive(env: NodeJS.ProcessEnv): Promise<LiveProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = run({ PORT: String(port), HOST: '127.0.0.1', ICB_BASE_URL: url, ...env });
  let output = '';
  let code: number | null | undefined;
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (status) => {
      code = status;
      resolve({ code: status, output });
    }),
  );
  const isReady = async (): Promise<boolean> => {
    if (code !== undefined) throw new Error(`icb ended with ${code}:\n${output}`);
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok === true;
  };
  try {
    await until(
      isReady,
      (ready) => ready,
      () => `icb was not ready:\n${output}`,
    );
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    output: () => output,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
