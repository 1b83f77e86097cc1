import { isoInstant } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import type { SlackTask } from '../../src/domain/slack-task.ts';
import type { BotContext } from '../bot-context.ts';
import { type Call, placeOf } from '../slack/call.ts';
import { raceDeadline } from '../slack/in-flight.ts';
import { clip } from '../words/escape.ts';

export interface TakenTask {
  /** The bot whose changes carry the task in their audit. */
  readonly bot: BotContext;
  /** @param told whether the person knows what came of it; otherwise they are told later */
  end(told: boolean): void;
}

/** Slack waits three seconds in all, of which a submit may work two. */
const NOTED_WITHIN_MS = 750;

/**
 * Notes what a person asked before Slack hears that it was taken, where it may change something. Error: `store-locked`
 * when it cannot be noted in time: then it must not be begun.
 */
export async function takeTask(
  bot: BotContext,
  call: Call,
  asked: Pick<SlackTask, 'kind' | 'asked'> | undefined,
): Promise<TakenTask> {
  const { tasks } = bot;
  if (!tasks || !asked) return { bot, end: () => {} };
  const id = bot.core.newId('task');
  const task: SlackTask = {
    id,
    at: isoInstant(bot.core.clock.now()),
    by: call.by,
    userId: call.user.id,
    kind: asked.kind,
    asked: clip(asked.asked, 300),
  };
  const end = () =>
    void bot.inFlight.track(
      tasks.end(id).catch((error: unknown) => bot.core.log.warn({ task: id, error: String(error) }, STAYS)),
    );
  const noted = await raceDeadline(NOTED_WITHIN_MS, tasks.accept(task)).catch((error: unknown) => {
    bot.core.log.error({ error: String(error) }, 'what a person asked in Slack could not be noted');
  });
  if (!noted) {
    end();
    throw new IcbError(
      'store-locked',
      'icb cannot write down what you asked just now, so nothing was begun and nothing was changed. Try again in a minute.',
    );
  }
  // The channel is looked up at each use: a copy of the context would keep the one of now.
  const core = { ...bot.core, task: id, place: placeOf(call) };
  return {
    bot: Object.create(bot, { core: { value: core } }) as BotContext,
    end: (told) => (told ? end() : tasks.leave(id)),
  };
}

const STAYS = 'a task that is over stays noted; the person may be told once more';
