import type { SlackTask } from '../domain/slack-task.ts';
import type { Core } from './core.ts';

/**
 * What a person's asking has changed, a sentence each, by the audit of the changes themselves: empty where it was cut off
 * before it changed anything.
 */
export async function taskOutcome(core: Core, { id, at }: Pick<SlackTask, 'id' | 'at'>): Promise<string[]> {
  const snapshot = await core.store.snapshot();
  const from = at.slice(0, 7);
  const entries = (await snapshot.list('audit', { from })).filter((entry) => entry.task === id);
  const runs = (await snapshot.list('syncRuns', { from })).filter((run) => run.task === id);
  const posts = (await snapshot.list('slackPosts')).filter(
    (each) => each.task === id && each.kind === 'question',
  );
  return [
    ...entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ text }) => text),
    ...runs.map(({ state }) =>
      state === 'running'
        ? 'The sync began and goes on; its summary comes when it is done'
        : 'The sync ran; its summary says how it went',
    ),
    ...posts.map(() => 'The question was sent, or is as soon as Slack takes it'),
  ];
}
