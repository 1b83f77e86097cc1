import { setImmediate } from 'node:timers/promises';
import { type Bot, createBot } from '../../bot/app.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN } from './bot-world.ts';

/**
 * An icb that can be cut off at any moment without its process ending: from then on nothing of it reaches the store or
 * Slack, and nothing is answered to it.
 */
export class Mortal {
  #dead = false;
  #buried = false;
  #untilCommits = Number.POSITIVE_INFINITY;
  readonly #hung: ((error: Error) => void)[] = [];

  /** For `deps.fetch`. */
  readonly fetch: typeof fetch = async (...request) => {
    await this.#alive();
    return fetch(...request);
  };

  /** Its writes go through this from now on; the store behind it is what a new icb finds. */
  live(store: TenantStore): TenantStore {
    const behind: TenantStore = { snapshot: store.snapshot, commit: store.commit };
    store.commit = async (changes, options) => {
      await this.#alive();
      const revision = await behind.commit(changes, options);
      this.#untilCommits -= 1;
      if (this.#untilCommits <= 0) this.#dead = true;
      await this.#alive();
      return revision;
    };
    return behind;
  }

  dies(): void {
    this.#dead = true;
  }

  /** Dies once so many more commits are on disk, before it hears of the last. */
  diesAfterCommits(count: number): void {
    this.#untilCommits = count;
  }

  /** Lets what hangs end, so that the test can. */
  bury(): void {
    if (!this.#dead) return;
    this.#buried = true;
    for (const end of this.#hung) end(new Error('buried'));
  }

  async #alive(): Promise<void> {
    if (this.#buried) throw new Error('buried');
    if (this.#dead) await new Promise<void>((_, reject) => this.#hung.push(reject));
  }
}

/** A new icb on what the old one left in its stores, with the same Slack. Not started. */
export function reborn(world: BotWorld, stores: { core?: TenantStore; notes?: TenantStore } = {}): Bot {
  const core = { ...world.core, store: stores.core ?? world.core.store };
  const bot: Bot = createBot({
    core: {
      ...core,
      notifier: {
        syncFinished: (run) => bot.notifier.syncFinished(run),
        linesDecided: async () => bot.notifier.linesDecided?.(),
        postRequested: async (request) => bot.notifier.postRequested?.(request),
      },
    },
    notes: stores.notes ?? world.notes,
    settings: {
      botToken: 'xoxb-demo',
      signingSecret: 'demo-signing-secret',
      channel: CHANNEL,
      admins: [ADMIN, OTHER_ADMIN],
      apiUrl: world.slack.apiUrl,
    },
    signIn: async () => 'https://icb.example.com/',
    machineNow: () => Date.now(),
    wait: () => setImmediate(),
  });
  return bot;
}
