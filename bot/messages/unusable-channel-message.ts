import { type Message, section } from '../blocks.ts';

const BECAUSE: Readonly<Record<string, string>> = {
  is_archived: 'it is archived; unarchive it',
  not_in_channel: 'icb is not in it; invite icb with /invite',
  channel_not_found: 'icb cannot see it; invite icb with /invite',
  restricted_action: 'the workspace does not let icb post there; allow it',
};

/** The summary for a billing administrator, because the channel cannot be posted to. */
export function unusableChannelMessage(channel: string, problem: string, summary: Message): Message {
  if (problem === 'answer_lost') return lostMessage(channel, summary);
  const because = BECAUSE[problem] ?? 'Slack refuses; check it';
  const text = `I could not post this summary in <#${channel}>: ${because}, or set SLACK_CHANNEL to another channel.`;
  return { text, blocks: [section(text), ...summary.blocks].slice(0, 50) };
}

function lostMessage(channel: string, summary: Message): Message {
  const text = `Slack's answer was lost while I posted this summary in <#${channel}>, and I cannot read that channel: it may stand there or not. I did not post it again. Give icb the scopes channels:history and groups:history, and it looks by itself.`;
  return { text, blocks: [section(text), ...summary.blocks].slice(0, 50) };
}
