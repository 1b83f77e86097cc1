import type { SyncRunId } from '../../../src/domain/ids.ts';
import type { SyncRun } from '../../../src/domain/sync-run.ts';
import { readNames } from '../../../src/usecases/names.ts';
import { context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runOutcome } from '../../messages/run-outcome.ts';
import { runProgress } from '../../messages/run-progress.ts';
import { when } from '../../words/wording.ts';

/** Most syncs are over by then: a message that moves along would be noise. */
export const FOLLOWED_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 2_000;

/**
 * While a sync takes long, one direct message to whoever started it says how far it is, and at the end how it went. It
 * says as of when, so that it stays true where icb dies meanwhile. That it cannot be sent or edited stops no sync.
 */
export async function followSync(
  bot: BotContext,
  user: string,
  { id, finished }: { readonly id: SyncRunId; readonly finished: Promise<SyncRun> },
): Promise<void> {
  const within = (ms: number): Promise<SyncRun | undefined> =>
    Promise.race([finished, bot.wait(ms).then(() => undefined)]);
  if (await within(FOLLOWED_AFTER_MS)) return;
  const names = await readNames(bot.core);
  const nameOf = (module: string) => names.module(module);
  const progress = (): string | undefined => {
    const live = bot.core.syncQueue.live(id);
    return live && runProgress(live, nameOf);
  };
  try {
    let shown = progress() ?? '';
    const posted = await bot.slack.posting.chat.postMessage({ channel: user, ...asOfNow(bot, shown) });
    const { channel = user, ts = '' } = posted;
    const edit = (message: Message) =>
      bot.edits.run(`${channel} ${ts}`, async () => {
        await bot.slack.posting.chat.update({ channel, ts, ...message });
      });
    for (let ended = await within(LOOK_EVERY_MS); ; ended = await within(LOOK_EVERY_MS)) {
      if (ended) {
        const text = runOutcome(ended, nameOf, names);
        return await edit({ text, blocks: [section(text)] });
      }
      const next = progress() ?? shown;
      if (next !== shown) await edit(asOfNow(bot, next));
      shown = next;
    }
  } catch (error) {
    bot.core.log.warn({ run: id, error: String(error) }, 'a sync could not be followed in Slack');
  }
}

const asOfNow = (bot: BotContext, text: string): Message => ({
  text,
  blocks: [section(text), context(`As of ${when(bot.core.clock.now().toString())}`)],
});
