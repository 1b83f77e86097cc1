/** What Slack says of a channel or a person that cannot be written to: trying again changes nothing. */
export const UNUSABLE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'restricted_action',
  'cannot_dm_bot',
  'user_not_found',
  'user_disabled',
  'messages_tab_disabled',
]);
