import type { SyncRun } from '../../../src/domain/sync-run.ts';
import type { EnableMeta } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { tellOutcome } from '../../outbox/tell-outcome.ts';
import { loadEnableView } from '../../screens/load-enable-view.ts';
import { patiently } from '../../slack/patiently.ts';
import type { View } from '../../slack/payloads.ts';
import { replaceViewIfSame } from '../../slack/surface.ts';

/** A view is drawn anew no more often than a message is edited. */
const LOOK_EVERY_MS = 2_000;

/**
 * While a sync runs that was started from the tiles, they say how far it is, and at the end how it went; unless the person
 * has moved on. Tiles that Slack does not draw stop no sync: where the last state cannot be drawn, it is told otherwise.
 */
export async function followInTiles(
  bot: BotContext,
  user: string,
  {
    view,
    meta,
    finished,
  }: { readonly view: View; readonly meta: EnableMeta; readonly finished: Promise<SyncRun> },
): Promise<void> {
  let hash: string | undefined = view.hash ?? '';
  let shown = '';
  /** Whether Slack took it, or there was nothing new. */
  const draw = async (): Promise<boolean> => {
    const next = await loadEnableView(bot, meta);
    const drawn = JSON.stringify(next.blocks);
    if (drawn === shown) return true;
    try {
      hash = await patiently(bot, () => replaceViewIfSame(bot, view.id, hash, next));
      shown = drawn;
      return true;
    } catch (error) {
      bot.core.log.warn({ error: String(error) }, 'the tiles could not be drawn anew');
      return false;
    }
  };
  const ended = finished.then(() => true);
  do await draw();
  while (hash !== undefined && !(await Promise.race([ended, bot.wait(LOOK_EVERY_MS).then(() => false)])));
  const run = await finished;
  if (hash !== undefined && !(await draw())) await tellOutcome(bot, user, run);
}
