import { setImmediate } from 'node:timers/promises';
import { createBot } from '../../bot/app.ts';
import type { Core } from '../../src/usecases/core.ts';
import { NOW, SECRET } from './hostile-requests.ts';
import { testCore } from './test-core.ts';

/** What use cases are made of: whoever runs one reads one of these. */
const DOORS = ['store', 'psa', 'sources', 'syncQueue', 'notifier', 'clock'] as const;

export interface RecordedBot {
  handle(request: Request): Promise<Response>;
  /** Doors of the core that were opened, and Slack methods that were called, since the last look. */
  reached(): string[];
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
  /** Errors that were logged: what nobody expected. */
  readonly faults: string[];
}

/** The whole bot behind its receiver, with a note of everything that gets past it. */
export async function recordedBot(): Promise<RecordedBot> {
  const faults: string[] = [];
  let reached: string[] = [];
  const core = await testCore({
    info: () => {},
    warn: () => {},
    error: (facts, message) => void faults.push(`${message} ${JSON.stringify(facts)}`),
  });
  const watched = new Proxy(core, {
    get(target, door: keyof Core) {
      if ((DOORS as readonly string[]).includes(door)) reached.push(door);
      return target[door];
    },
  });
  const bot = createBot({
    core: watched,
    settings: { botToken: 'xoxb-demo', signingSecret: SECRET, channel: 'C0BILLING', admins: ['U0ADMIN'] },
    signIn: async () => 'https://icb.example.com/',
    machineNow: () => NOW,
    wait: () => setImmediate(),
    fetch: async (input) => {
      reached.push(new URL(String(input instanceof Request ? input.url : input)).pathname);
      return Response.json({ ok: true, ts: '1.1', channel: 'C0BILLING', view: { id: 'V1', hash: 'h' } });
    },
  });
  await bot.start();
  return {
    handle: (request) => bot.handle(request),
    reached() {
      const seen = reached;
      reached = [];
      return seen;
    },
    async settled() {
      await bot.idle();
    },
    faults,
  };
}
