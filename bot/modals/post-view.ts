import type { KnownBlock, ModalView } from '@slack/types';
import { ACTIONS, PostMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, plain, section, sectionsOf } from '../blocks.ts';
import { groupLine } from '../messages/items-message.ts';
import { runRows } from '../run-buttons.ts';
import type { Pending } from '../screens/pending.ts';
import { escapeText } from '../words/escape.ts';
import { sumByCurrency } from '../words/sum-by-currency.ts';
import { amounts, counted } from '../words/wording.ts';
import { noticeView } from './notice-view.ts';

const TITLE = 'Approve and post';
const REASONS_SHOWN = 10;

/** What approving and posting would post. `again`: it changed since it was last shown. */
export function postView(pending: Pending, meta: Omit<PostMeta, 'digest'>, again = false): ModalView {
  const { groups, elsewhere } = pending;
  if (groups.length === 0) return noticeView(TITLE, nothingBlocks(pending));
  if (elsewhere) return noticeView(TITLE, [...figures(pending), ...elsewhereBlocks(elsewhere)]);
  return {
    type: 'modal',
    callback_id: VIEWS.post,
    private_metadata: write(PostMeta, { ...meta, digest: pending.digest }),
    title: plain(TITLE, 24),
    submit: plain(TITLE, 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(again ? [section('*The pending items changed meanwhile.* Nothing was posted; look again.')] : []),
      ...figures(pending),
      context(
        'Amounts are rounded to cents. Posting cannot be undone: a posted item never changes again; later changes become new items.',
      ),
    ],
  };
}

const figures = (pending: Pending): KnownBlock[] => [
  section(
    `*${counted(
      pending.groups.reduce((sum, group) => sum + group.count, 0),
      'pending item',
    )}, ${amounts(sumByCurrency(pending.groups))}*`,
  ),
  ...sectionsOf(pending.groups.map(groupLine)),
  ...notDueBlocks(pending),
];

/** What stays pending, before anybody presses anything. */
function notDueBlocks({ notDue }: Pending): KnownBlock[] {
  const reasons = [...Map.groupBy(notDue, ({ because }) => because)].slice(0, REASONS_SHOWN);
  return sectionsOf(
    reasons.map(
      ([because, { length }]) =>
        `${counted(length, 'item')} ${length === 1 ? 'is' : 'are'} not due yet: ${escapeText(because)}`,
    ),
  );
}

function nothingBlocks(pending: Pending): KnownBlock[] {
  const onward = runRows([{ label: 'Preview plan', command: 'plan' }]);
  return pending.notDue.length > 0
    ? [section('*Nothing can be posted yet.*'), ...notDueBlocks(pending), ...onward]
    : [
        section('*Nothing is pending.* A sync makes billing items; `/icb plan` shows what it would do.'),
        ...onward,
      ];
}

/** No PSA of another maker lets a program post: icb shows the way, and reads later what came of it. */
const elsewhereBlocks = ({ name, url }: NonNullable<Pending['elsewhere']>): KnownBlock[] => [
  section(
    `*Only a person approves and posts, in ${escapeText(name)}:* Contracts &gt; Approve &amp; Post. ` +
      'icb picks up what was posted there at the next sync.',
  ),
  ...(url ? [actions([button(ACTIONS.link, `Approve in ${name}`, { url, style: 'primary' })])] : []),
];
