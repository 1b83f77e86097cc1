import type { AuditEntry } from '../domain/audit.ts';
import { isoInstant } from '../domain/calendar.ts';
import type { Core } from './core.ts';

/** After a day the summary has told of it. */
const LOOK_BACK_HOURS = 24;

/** What an announcement of a posting is known by. */
export const announcementKey = (change: string): string => `posting ${change}`;

/** Postings that a person asked for in Slack and that nobody has begun to announce. */
export async function unannouncedPostings(core: Core): Promise<readonly AuditEntry[]> {
  const since = isoInstant(core.clock.now().subtract({ hours: LOOK_BACK_HOURS }));
  const snapshot = await core.store.snapshot();
  const keys = new Set((await snapshot.list('slackPosts')).map(({ key }) => key));
  return (await snapshot.list('audit', { from: since.slice(0, 7) })).filter(
    ({ id, at, action, task, subject }) =>
      // One that a second person approved is told on its card.
      action === 'approve-and-post' && task && !subject && at >= since && !keys.has(announcementKey(id)),
  );
}
