import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DemoProcess {
  /** With a one-time sign-in in it. */
  readonly dashboard: string;
  readonly slack: string;
  readonly dattoRmm: string;
  /** Empty without `--psa autotask`. */
  readonly autotask: string;
  readonly apiToken: string;
  readonly baseUrl: string;
  stop(): Promise<number | null>;
}

/** Runs the demo as `npm run demo` does, on free ports and a folder of its own, and reads what it prints. */
export async function startDemo(
  options: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<DemoProcess> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-demo-'));
  const child = spawn(process.execPath, ['src/demo.ts', ...(options.args ?? [])], {
    env: { ...process.env, PORT: '0', ICB_DATA_DIR: join(dir, 'db'), ICB_TIMEZONE: 'UTC', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = await readWelcome(child);
  const find = (pattern: RegExp): string => pattern.exec(printed)?.[1] ?? '';
  return {
    dashboard: find(/Dashboard.*?(http\S+)/),
    slack: find(/Slack stand-in\s+(http\S+)/),
    dattoRmm: find(/Datto RMM stand-in\s+(http\S+)/),
    autotask: find(/Autotask stand-in\s+(http\S+?)\/?\s/),
    apiToken: find(/bearer token (\S+)\)/),
    baseUrl: find(/Dashboard.*?(http:\/\/[^/]+)/),
    async stop() {
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const code = await ended;
      await rm(dir, { recursive: true, force: true });
      return code;
    },
  };
}

function readWelcome(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('Ctrl-C stops everything')) resolve(text);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${text}`)));
  });
}
