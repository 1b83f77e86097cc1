import type { App } from '@slack/bolt';
import type { BotContext } from '../bot-context.ts';
import {
  onAction,
  onCommand,
  onFileShared,
  onHomeOpened,
  onOptions,
  onShortcut,
  onSubmit,
} from './handle.ts';

const ANY = /^/;

/**
 * One Bolt listener a kind of payload, each a lookup in a table of its own: an id nobody listens to is still answered at
 * once, and no two listeners can ack the same payload (facts/slack.md §5.3, §5.9).
 */
export function register(app: App, bot: BotContext): void {
  const tracked = (work: Promise<void>): Promise<void> => bot.inFlight.track(work);
  app.command(ANY, ({ ack, body }) => tracked(onCommand(bot, ack, body)));
  app.action(ANY, ({ ack, body }) => tracked(onAction(bot, ack, body)));
  app.view(ANY, ({ ack, body }) => tracked(onSubmit(bot, ack, body)));
  app.view({ callback_id: ANY, type: 'view_closed' }, ({ ack }) => ack());
  app.options(ANY, ({ ack, body }) => tracked(onOptions(bot, ack, body)));
  app.shortcut(ANY, ({ ack, body }) => tracked(onShortcut(bot, ack, body)));
  app.event('app_home_opened', ({ event }) => tracked(onHomeOpened(bot, event)));
  app.event('file_shared', ({ event }) => tracked(onFileShared(bot, event)));
}
