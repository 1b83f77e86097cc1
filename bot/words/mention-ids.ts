/** People are U… or W…, channels C… or G…. */
const SLACK_ID = /\b([UWCG])[A-Z0-9]{1,20}\b/g;

/**
 * Ids of people and channels in a text, as the names that Slack shows for them.
 * @param escaped mrkdwn, already escaped
 * @param known the ids that may become mentions: a name from outside that looks like an id must not notify anybody
 */
export const mentionIds = (escaped: string, known: ReadonlySet<string>): string =>
  escaped.replace(SLACK_ID, (id, kind: string) => {
    if (!known.has(id)) return id;
    return kind === 'U' || kind === 'W' ? `<@${id}>` : `<#${id}>`;
  });
