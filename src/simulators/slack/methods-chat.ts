import { fillIds, isJson, type Json, list } from './block-kit/walk-blocks.ts';
import type { Method } from './methods.ts';
import { messageProblems, refuseBlocks } from './refusal.ts';
import type { World } from './world.ts';

/** Slack posts blocks without `text`, but notifications and screen readers are left with nothing. */
const MISSING_TEXT = {
  warning: 'missing_text_in_message',
  response_metadata: { warnings: ['missing_text_in_message'] },
};

/** `args` with the channel as an id and blocks as Slack stores them; or the refusal. */
function prepare(world: World, args: Json): { refused: Json } | { args: Json } {
  const { workspace, ids } = world;
  if (args.markdown_text !== undefined && (args.text !== undefined || args.blocks !== undefined))
    return { refused: { ok: false, error: 'markdown_text_conflict' } };
  const { markdown_text, ...rest } = args;
  const message: Json =
    markdown_text === undefined
      ? rest
      : { ...rest, text: markdown_text, blocks: [{ type: 'markdown', text: markdown_text }] };
  const problems = messageProblems(workspace, message);
  if (problems.length > 0) return { refused: refuseBlocks(problems) };
  return {
    args: {
      ...message,
      channel: workspace.channel(String(args.channel))?.id ?? args.channel,
      ...(Array.isArray(message.blocks) ? { blocks: fillIds(message.blocks, ids.block) } : {}),
    },
  };
}

const warnings = (args: Json): Json => (list(args.blocks).length > 0 && !args.text ? MISSING_TEXT : {});

/** Puts a message the emulated Web API has stored before people's eyes. */
export function showMessage({ workspace }: World, channel: string, body: Json): void {
  workspace.putMessage({
    ts: String(body.ts),
    channel,
    user: String(body.user),
    threadTs: typeof body.thread_ts === 'string' ? body.thread_ts : undefined,
    body,
  });
}

export const postMessage: Method = async (world, raw) => {
  const prepared = prepare(world, raw);
  if ('refused' in prepared) return prepared.refused;
  const { app } = world.workspace;
  const answer = await world.emulated.call('chat.postMessage', {
    ...prepared.args,
    bot_id: app.botId,
    app_id: app.id,
  });
  if (answer.ok && isJson(answer.message)) showMessage(world, String(answer.channel), answer.message);
  return answer.ok ? { ...answer, ...warnings(prepared.args) } : answer;
};

export const updateMessage: Method = async (world, raw) => {
  const prepared = prepare(world, raw);
  if ('refused' in prepared) return prepared.refused;
  const answer = await world.emulated.call('chat.update', prepared.args);
  if (!answer.ok || !isJson(answer.message)) return answer;
  // Slack marks a message as edited only when its text alone was changed.
  const { edited, ...unmarked } = answer.message;
  const message = prepared.args.blocks === undefined ? { ...unmarked, edited } : unmarked;
  showMessage(world, String(answer.channel), message);
  return { ...answer, message, ...warnings(prepared.args) };
};

export const deleteMessage: Method = async (world, args) => {
  const answer = await world.emulated.call('chat.delete', args);
  if (answer.ok) world.workspace.removeMessage(String(answer.channel), String(answer.ts));
  return answer;
};

export const postEphemeral: Method = async (world, raw) => {
  const prepared = prepare(world, raw);
  if ('refused' in prepared) return prepared.refused;
  const { args } = prepared;
  const answer = await world.emulated.call('chat.postEphemeral', args);
  if (!answer.ok) return answer;
  const { workspace } = world;
  workspace.putMessage({
    ts: String(answer.message_ts),
    channel: String(args.channel),
    user: workspace.app.botUserId,
    ephemeralTo: String(args.user),
    threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : undefined,
    body: {
      text: args.text ?? '',
      ...(args.blocks ? { blocks: args.blocks } : {}),
      user: workspace.app.botUserId,
    },
  });
  return { ...answer, ...warnings(args) };
};

export const CHAT_METHODS: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': postEphemeral,
};
