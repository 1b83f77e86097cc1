import { SYSTEM } from '../domain/actor.ts';
import type { SlackPost } from '../domain/slack-post.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';

/** Everything icb has posted or is to post in Slack, and still keeps. */
export const slackPosts = async (core: Core): Promise<readonly SlackPost[]> =>
  (await core.store.snapshot()).list('slackPosts');

export const slackPost = async (core: Core, id: string): Promise<SlackPost | undefined> =>
  (await core.store.snapshot()).get('slackPosts', id);

/** Writes posts down that are not there yet, in one write. Returns all as they are kept, and which are new. */
export const noteSlackPosts = (
  core: Core,
  posts: readonly SlackPost[],
): Promise<readonly { readonly post: SlackPost; readonly isNew: boolean }[]> =>
  commit(core, SYSTEM, async (snapshot) => {
    const noted = await Promise.all(
      posts.map(async (post) => {
        const before = await snapshot.get('slackPosts', post.id);
        return { post: before ?? post, isNew: before === undefined };
      }),
    );
    const put = noted.flatMap(({ post, isNew }) => (isNew ? [post] : []));
    return { changes: put.length > 0 ? { put: { slackPosts: put } } : {}, result: noted };
  });

/** Changes what is kept of a post; nothing where `change` returns the same or the post is gone. */
export const changeSlackPost = (
  core: Core,
  id: string,
  change: (post: SlackPost) => SlackPost,
): Promise<SlackPost | undefined> =>
  commit<SlackPost | undefined>(core, SYSTEM, async (snapshot) => {
    const before = await snapshot.get('slackPosts', id);
    const after = before && change(before);
    const same = after === undefined || after === before;
    return { changes: same ? {} : { put: { slackPosts: [after] } }, result: after };
  });

/** Forgets posts. */
export const forgetSlackPosts = (core: Core, ids: readonly string[]): Promise<void> =>
  commit<void>(core, SYSTEM, async () => ({
    changes: { remove: ids.map((id) => ({ kind: 'slackPosts', id }) as const) },
    result: undefined,
  }));
