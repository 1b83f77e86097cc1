import type { ModalView, PlainTextOption } from '@slack/types';
import type { z } from 'zod';
import { IcbError, isIcbError } from '../../src/domain/errors.ts';
import { atLeast } from '../../src/domain/role.ts';
import { ACTIONS, baseId } from '../action-ids.ts';
import { section } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { ACTION_LISTENERS } from '../listeners/actions/action-listeners.ts';
import { runCommand } from '../listeners/commands/run-command.ts';
import { openHome, refreshHome } from '../listeners/events/app-home.ts';
import { takeSharedFile } from '../listeners/events/file-shared.ts';
import { itemOptions } from '../listeners/options/item-options.ts';
import { organizationOptions } from '../listeners/options/organization-options.ts';
import { contractsTyped, servicesTyped } from '../listeners/options/service-options.ts';
import { SHORTCUT_LISTENERS } from '../listeners/shortcuts/shortcut-listeners.ts';
import { SUBMIT_LISTENERS } from '../listeners/views/submit-listeners.ts';
import type { SubmitAnswer, Submitted } from '../listeners/views/submitted.ts';
import { loadingView, noticeView, problemView } from '../modals/notice-view.ts';
import { neededToClick, neededToSubmit } from '../needed-role.ts';
import { askedByClick, askedByCommand, askedBySubmit } from '../outbox/asked.ts';
import { takeTask } from '../outbox/take-task.ts';
import { RoleRefusal, requireRole, roleOfPerson } from '../permissions.ts';
import { problemMessage, problemText } from '../problem.ts';
import { type Call, callOfAction, callOfCommand, callOfShortcut, callOfView } from './call.ts';
import { raceDeadline } from './in-flight.ts';
import {
  ActionBody,
  CommandBody,
  FileShared,
  HomeOpened,
  OptionsBody,
  ShortcutBody,
  ViewBody,
} from './payloads.ts';
import { answer, pushView, replaceView, tell, textMessage } from './surface.ts';

// biome-ignore lint/suspicious/noExplicitAny: Bolt's ack takes a different answer for each kind of payload
type Ack = (answer?: any) => Promise<void>;

/**
 * What every listener has around it: Slack is answered first, the work is tracked until it ends, and whatever goes
 * wrong is told where the person is.
 */
export async function onCommand(bot: BotContext, ack: Ack, payload: unknown): Promise<void> {
  const body = CommandBody.safeParse(payload);
  if (!body.success) {
    await ack();
    return unreadable(bot, 'command');
  }
  const call = callOfCommand(body.data);
  const task = await takeTask(bot, call, askedByCommand(body.data.text)).catch(refusal);
  if (task instanceof IcbError) return ack({ response_type: 'ephemeral', ...textMessage(task.message) });
  await ack();
  task.end(await told(task.bot, call, () => runCommand(task.bot, call, body.data.text)));
}

export async function onAction(bot: BotContext, ack: Ack, payload: unknown): Promise<void> {
  const body = ActionBody.safeParse(payload);
  const action = body.data?.actions[0];
  if (!body.success || !action) {
    await ack();
    return unreadable(bot, 'action');
  }
  const call = callOfAction(body.data);
  const task = await takeTask(bot, call, askedByClick(action)).catch(refusal);
  await ack();
  if (task instanceof IcbError) return tellProblem(bot, call, task).then(() => undefined);
  const listener = ACTION_LISTENERS.get(baseId(action.action_id));
  const isTold = await told(task.bot, call, async () => {
    if (listener) {
      await requireRole(bot, call, neededToClick(baseId(action.action_id)));
      return listener(task.bot, call, action);
    }
    await answer(bot, call, textMessage(OLDER));
  });
  task.end(isTold);
  if (baseId(action.action_id) !== ACTIONS.run) await refreshHome(bot, call.user.id);
}

export async function onShortcut(bot: BotContext, ack: Ack, payload: unknown): Promise<void> {
  await ack();
  const body = ShortcutBody.safeParse(payload);
  if (!body.success) return unreadable(bot, 'shortcut');
  const call = callOfShortcut(body.data);
  const listener = SHORTCUT_LISTENERS.get(body.data.callback_id);
  await told(bot, call, () =>
    listener ? listener(bot, call, body.data) : answer(bot, call, textMessage(OLDER)),
  );
}

export async function onSubmit(bot: BotContext, ack: Ack, payload: unknown): Promise<void> {
  const body = ViewBody.safeParse(payload);
  const submit = SUBMIT_LISTENERS.get(body.data?.view.callback_id ?? '');
  if (!body.success || !submit) {
    await ack({ response_action: 'update', view: problemView(OLDER) });
    return unreadable(bot, 'view');
  }
  const call = callOfView(body.data);
  const task = await takeTask(bot, call, askedBySubmit(body.data.view)).catch(refusal);
  if (task instanceof IcbError)
    return ack({ response_action: 'push', view: problemView(problemText(bot, task)) });
  const allowed = requireRole(bot, call, neededToSubmit(body.data.view.callback_id));
  const work = allowed
    .then(() => submit(task.bot, call, body.data.view))
    .catch(
      (error: unknown): Submitted => ({
        answer: { response_action: 'push', view: viewOf(bot, error) },
      }),
    );
  const done = await raceDeadline(bot.submitWithinMs, work);
  let isTold = true;
  if (done) await ack(done.value.answer);
  else {
    await ack({ response_action: 'update', view: loadingView('icb', 'Working on it…') });
    const { answer: late } = await work;
    isTold = await replaceView(bot, body.data.view.id, lateView(late)).then(
      () => true,
      (error: unknown) => {
        problemText(bot, error);
        return false;
      },
    );
  }
  const { after } = await work;
  if (after) await after().catch((error: unknown) => void problemText(bot, error));
  task.end(isTold);
  await refreshHome(bot, call.user.id);
}

/** A refusal has a way to ask for the role. */
const viewOf = (bot: BotContext, error: unknown): ModalView =>
  error instanceof RoleRefusal
    ? noticeView('Another role is needed', error.blocks)
    : problemView(problemText(bot, error));

const OLDER = 'This is from an older icb. Nothing was changed; type `/icb` for a new one.';

/** A late answer as a view: after 3 seconds Slack takes no errors under fields and closes nothing. */
function lateView(late: SubmitAnswer): ModalView {
  if (late && 'view' in late) return late.view;
  const errors = late && 'errors' in late ? Object.values(late.errors) : [];
  return errors.length > 0
    ? problemView(errors.join('\n'))
    : noticeView('icb', [section('Done. You can close this.')]);
}

export async function onOptions(bot: BotContext, ack: Ack, payload: unknown): Promise<void> {
  const body = OptionsBody.safeParse(payload);
  try {
    await ack({ options: body.success ? await optionsFor(bot, body.data) : [] });
  } catch (error) {
    problemText(bot, error);
    await ack({ options: [] });
  }
}

function optionsFor(bot: BotContext, body: z.infer<typeof OptionsBody>): Promise<PlainTextOption[]> {
  const [typed, view] = [body.value ?? '', body.view ?? undefined];
  switch (baseId(body.action_id)) {
    case ACTIONS.explain.item:
      return itemOptions(bot, typed);
    case ACTIONS.services.contract:
      return contractsTyped(bot, view, typed);
    case ACTIONS.services.service:
      return servicesTyped(bot, view, body.block_id, typed);
    default:
      return organizationOptions(bot, typed);
  }
}

export async function onHomeOpened(bot: BotContext, payload: unknown): Promise<void> {
  const event = HomeOpened.safeParse(payload);
  if (!event.success || event.data.tab !== 'home') return;
  await openHome(bot, event.data.user).catch((error: unknown) => void problemText(bot, error));
}

export async function onFileShared(bot: BotContext, payload: unknown): Promise<void> {
  const event = FileShared.safeParse(payload);
  if (!event.success) return unreadable(bot, 'event');
  const { user_id: id, channel_id: channel } = event.data;
  const by: Call['by'] = { kind: 'slack', userId: id, name: id };
  const call: Call = { user: { id, name: id }, by, channel };
  await told(bot, call, async () => {
    // In a channel people share files for each other: nobody is told of a role that they did not ask for.
    const isForIcb = channel.startsWith('D') || atLeast(await roleOfPerson(bot, id), 'operator');
    if (isForIcb) await takeSharedFile(bot, call, event.data);
  });
}

/** What cannot be noted is refused; anything else is a fault. */
function refusal(error: unknown): IcbError {
  if (isIcbError(error)) return error;
  throw error;
}

/** Whether the person knows what came of it. */
async function told(bot: BotContext, call: Call, work: () => Promise<void>): Promise<boolean> {
  try {
    await bot.tasks?.noted();
    await bot.inFlight.turn();
    await work();
    return true;
  } catch (error) {
    return tellProblem(bot, call, error);
  }
}

/** In a modal the problem goes on top, so that what was chosen below stays; where that fails, into a direct message. */
async function tellProblem(bot: BotContext, call: Call, error: unknown): Promise<boolean> {
  const message = problemMessage(bot, error);
  try {
    if (call.view?.type === 'modal' && call.triggerId)
      await pushView(bot, call.triggerId, noticeView('That did not work', message.blocks));
    else await answer(bot, call, message);
    return true;
  } catch {
    return tell(bot, call.user.id, call.channel, message).then(
      () => true,
      (failed: unknown) => {
        bot.core.log.warn({ error: String(failed) }, 'could not tell a person in Slack what went wrong');
        return false;
      },
    );
  }
}

const unreadable = (bot: BotContext, kind: string): void =>
  bot.core.log.warn({ kind }, 'a payload from Slack could not be read');
