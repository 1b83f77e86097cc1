import { z } from 'zod';
import { fillIds, type Json } from './block-kit/walk-blocks.ts';
import { deleteMessage, postMessage, showMessage, updateMessage } from './methods-chat.ts';
import { messageProblems, refuseBlocks } from './refusal.ts';
import type { Issued, ReplyTarget } from './response-urls.ts';
import { SLACKBOT } from './workspace.ts';
import type { World } from './world.ts';

/** `"true"` is what Slack's own examples send. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false'])])
  .optional()
  .transform((value) => value === true || value === 'true');

const replySchema = z.looseObject({
  text: z.string().optional(),
  blocks: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: flag,
  delete_original: flag,
  thread_ts: z.string().optional(),
});

/**
 * What an app says in answer to a command or through a response_url. Resolves to Slack's answer;
 * `issued.target` afterwards names the message a later `replace_original` is about.
 */
export async function sendReply(world: World, issued: Issued, raw: unknown): Promise<Json> {
  const parsed = replySchema.safeParse(typeof raw === 'string' ? { text: raw } : raw);
  if (!parsed.success) return { ok: false, error: 'invalid_payload' };
  const { replace_original: replaces, delete_original: deletes, response_type, ...content } = parsed.data;
  const { target } = issued;
  const { channel, messageTs } = target;
  if (deletes) return removeOriginal(world, target);
  const problems = messageProblems(world.workspace, content);
  if (problems.length > 0) return refuseBlocks(problems);
  if (content.text === undefined && !content.blocks?.length) return { ok: false, error: 'no_text' };
  const original = replaces ? messageTs : undefined;
  if (original && !target.isEphemeral) return updateMessage(world, { ...content, channel, ts: original });
  if (response_type === 'in_channel' && !original) return replyInChannel(world, issued, content);
  const ts = whisper(world, {
    channel,
    userId: target.userId,
    author: world.workspace.app.botUserId,
    content,
    ...(original ? { ts: original } : {}),
  });
  // A click's url keeps answering to the message that was clicked.
  if (target.command) issued.target = { ...target, messageTs: ts, isEphemeral: true };
  return { ok: true };
}

/** An answer in the channel shows the typed command above it, once. */
async function replyInChannel(world: World, issued: Issued, content: Json): Promise<Json> {
  const { target } = issued;
  const { channel, userId, command } = target;
  if (command && !command.isEchoed) {
    await postAsPerson(world, userId, channel, command.text);
    issued.target = { ...target, command: { ...command, isEchoed: true } };
  }
  const answer = await postMessage(world, { ...content, channel });
  if (answer.ok && command)
    issued.target = { ...issued.target, messageTs: String(answer.ts), isEphemeral: false };
  return answer;
}

async function removeOriginal(
  world: World,
  { channel, messageTs: ts, isEphemeral }: ReplyTarget,
): Promise<Json> {
  if (!ts) return { ok: false, error: 'message_not_found' };
  if (!isEphemeral) return deleteMessage(world, { channel, ts });
  world.workspace.removeMessage(channel, ts);
  return { ok: true };
}

export async function postAsPerson(
  world: World,
  userId: string,
  channel: string,
  text: string,
): Promise<Json> {
  const answer = await world.emulated.call('chat.postMessage', { channel, text }, userId);
  if (answer.ok) showMessage(world, String(answer.channel), answer.message as Json);
  return answer;
}

interface Whisper {
  readonly channel: string;
  readonly userId: string;
  readonly author: string;
  readonly content: Json;
  /** The ephemeral message whose place this one takes. */
  readonly ts?: string;
}

/** Shows one person a message nobody else sees and nobody stores. Returns its ts. */
export function whisper(
  { workspace, ids }: World,
  { channel, userId, author, content, ts }: Whisper,
): string {
  const id = ts ?? ids.ts();
  workspace.putMessage({
    ts: id,
    channel,
    user: author,
    ephemeralTo: userId,
    threadTs: typeof content.thread_ts === 'string' ? content.thread_ts : undefined,
    body: {
      user: author,
      text: content.text ?? '',
      ...(Array.isArray(content.blocks) ? { blocks: fillIds(content.blocks, ids.block) } : {}),
    },
  });
  return id;
}

/** Slack's own voice, for what went wrong with a command. */
export const slackbotSays = (world: World, userId: string, channel: string, text: string): void =>
  void whisper(world, { channel, userId, author: SLACKBOT, content: { text } });
