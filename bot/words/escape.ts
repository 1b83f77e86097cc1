/**
 * Text from outside, made safe for Slack's mrkdwn: without this an organization called `<!channel>` pings everybody.
 * Line breaks become spaces, so that a name cannot fake further lines of a message.
 */
export const escapeText = (text: string): string =>
  text.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** At most `max` Unicode code points (Slack counts those), the last one an ellipsis where something was cut. */
export function clip(text: string, max: number): string {
  const points = [...text];
  return points.length <= max ? text : `${points.slice(0, max - 1).join('')}…`;
}

/** An outside name for mrkdwn: clipped before it is escaped, so that no entity is cut in half. */
export const escapeName = (name: string, max = 80): string => escapeText(clip(name, max));
