import type { SyncRunId } from '../../../src/domain/ids.ts';
import type { SyncRun } from '../../../src/domain/sync-run.ts';
import { readNames } from '../../../src/usecases/names.ts';
import { context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { runOutcome } from '../../messages/run-outcome.ts';
import { runProgress } from '../../messages/run-progress.ts';
import { patiently } from '../../slack/patiently.ts';
import { when } from '../../words/wording.ts';

/** Most syncs are over by then: a message that moves along would be noise. */
export const FOLLOWED_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 2_000;

/**
 * While a sync takes long, one direct message to whoever started it says how far it is, and at the end how it went. It
 * says as of when, so that it stays true where icb dies meanwhile. That it cannot be sent or edited stops no sync, and an
 * edit that failed stops none that come after it.
 * @returns whether the person reads there how it ended; else they are to be told otherwise
 */
export async function followSync(
  bot: BotContext,
  user: string,
  { id, finished }: { readonly id: SyncRunId; readonly finished: Promise<SyncRun> },
): Promise<boolean> {
  const within = (ms: number): Promise<SyncRun | undefined> =>
    Promise.race([finished, bot.wait(ms).then(() => undefined)]);
  if (await within(FOLLOWED_AFTER_MS)) return false;
  const names = await readNames(bot.core);
  const nameOf = (module: string) => names.module(module);
  const progress = (): string | undefined => {
    const live = bot.core.syncQueue.live(id);
    return live && runProgress(live, nameOf);
  };
  const tried = <T>(call: () => Promise<T>): Promise<T | undefined> =>
    patiently(bot, call).catch((error: unknown) => {
      bot.core.log.warn({ run: id, error: String(error) }, 'a sync could not be followed in Slack');
      return undefined;
    });
  let shown = progress() ?? '';
  const posted = await tried(() =>
    bot.slack.posting.chat.postMessage({ channel: user, ...asOfNow(bot, shown) }),
  );
  if (!posted) return false;
  const { channel = user, ts = '' } = posted;
  const edit = async (message: Message): Promise<boolean> => {
    let done = false;
    await bot.edits.run(`${channel} ${ts}`, async () => {
      done = (await tried(() => bot.slack.posting.chat.update({ channel, ts, ...message }))) !== undefined;
    });
    return done;
  };
  for (;;) {
    const ended = await within(LOOK_EVERY_MS);
    if (ended) {
      const text = runOutcome(ended, nameOf, names);
      return edit({ text, blocks: [section(text)] });
    }
    const next = progress() ?? shown;
    if (next !== shown && (await edit(asOfNow(bot, next)))) shown = next;
  }
}

const asOfNow = (bot: BotContext, text: string): Message => ({
  text,
  blocks: [section(text), context(`As of ${when(bot.core.clock.now().toString())}`)],
});
