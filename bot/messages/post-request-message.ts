import type { PostRequest } from '../../src/domain/post-request.ts';
import { ACTIONS, PostRequestValue, write } from '../action-ids.ts';
import { actions, button, context, type Message, section } from '../blocks.ts';
import { escapeText } from '../words/escape.ts';
import { amounts, counted, when, who } from '../words/wording.ts';

/**
 * What whoever asks is told. `others`: how many people beside them may approve it; with none, nobody was asked yet, and
 * they are told what to do about it.
 */
export function askedText({ totals }: PostRequest, others: number, channel: string): string {
  const above = `${amounts(totals)} is above the limit for one person`;
  return others > 0
    ? `*Asked a second person.* ${above}; somebody else with the role approver finds it in <#${channel}> and in a direct message. Nothing was posted.`
    : `*A second person is needed, and nobody else has the role approver.* ${above}. Nothing was posted. An admin gives ` +
        `somebody that role with \`/icb settings\`; the request waits for them in <#${channel}> and on their Home tab.`;
}

/** Asks approvers to post as the second person; afterwards it says who decided, when and what. */
export function postRequestMessage(request: PostRequest): Message {
  const { id, by, at, items, totals, state, decidedBy, decidedAt, outcome } = request;
  const text = `${who(by)} asks to post ${counted(items.length, 'item')}, total ${amounts(totals)}`;
  return {
    text,
    blocks: [
      section(
        `*${text}*\nThis is above the limit for one person: somebody else with the role approver posts it. Posting cannot be undone.`,
      ),
      context(`Asked ${when(at)}`),
      state === 'open'
        ? actions([
            button(ACTIONS.posting.approve, 'Approve and post', {
              value: write(PostRequestValue, { v: 1, request: id }),
              style: 'primary',
              label: `Approve and post ${amounts(totals)}`,
            }),
          ])
        : context(
            `*${state === 'posted' ? 'Approved' : 'Not posted'}* · ${escapeText(outcome ?? state)}` +
              `${decidedBy ? ` · ${who(decidedBy)}` : ''}${decidedAt ? ` · ${when(decidedAt)}` : ''}`,
          ),
    ],
  };
}
