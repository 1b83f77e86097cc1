import { isIcbError } from '../src/domain/errors.ts';
import { type Message, section } from './blocks.ts';
import type { BotContext } from './bot-context.ts';
import { RoleRefusal } from './permissions.ts';
import { slackErrorCode } from './slack/slack-error-code.ts';
import { escapeText } from './words/escape.ts';

const DETAILS_SHOWN = 10;

/** Refusals of Slack that a person can do something about. */
const SLACK_SAYS: Readonly<Record<string, string>> = {
  expired_trigger_id: 'That took too long for Slack to open a form. Nothing was changed; try again.',
  exchanged_trigger_id: 'That click was used already. Nothing was changed; click again.',
  ratelimited: 'Slack asks icb to slow down. Try again in a minute.',
};

/** What the person is told, as mrkdwn: a known error's own sentence, else a reference id that the log has too. */
export function problemText(bot: BotContext, error: unknown): string {
  if (error instanceof RoleRefusal) return error.sentence;
  if (isIcbError(error)) {
    const details = error.details.slice(0, DETAILS_SHOWN).map((detail) => `• ${escapeText(detail)}`);
    const more = error.details.length - details.length;
    return [escapeText(error.message), ...details, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
  }
  const refused = SLACK_SAYS[slackErrorCode(error) ?? ''];
  if (refused) return refused;
  const reference = bot.core.newId('ref');
  bot.core.log.error({ reference, error: described(error) }, 'a Slack listener failed');
  return (
    `Something went wrong in icb and it may not have been done. Try once more; ` +
    `if it happens again, tell your administrator this reference: \`${reference}\`.`
  );
}

/** The same as a message; a refusal for want of a role has a button that asks for it. */
export function problemMessage(bot: BotContext, error: unknown): Message {
  const text = problemText(bot, error);
  return { text, blocks: error instanceof RoleRefusal ? error.blocks : [section(text)] };
}

/** For the log: an error's name, message and stack; never its data, which may hold a body. */
const described = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
