import type { ModalView } from '@slack/types';
import { PostMeta, VIEWS, write } from '../action-ids.ts';
import { context, plain, section, sectionsOf } from '../blocks.ts';
import { groupLine } from '../messages/items-message.ts';
import { runRows } from '../run-buttons.ts';
import type { Pending } from '../screens/pending.ts';
import { sumByCurrency } from '../words/sum-by-currency.ts';
import { amounts, counted } from '../words/wording.ts';
import { noticeView } from './notice-view.ts';

/** What approving and posting would post. `again`: it changed since it was last shown. */
export function postView(pending: Pending, meta: Omit<PostMeta, 'digest'>, again = false): ModalView {
  const { groups } = pending;
  if (groups.length === 0)
    return noticeView('Approve and post', [
      section('*Nothing is pending.* A sync makes billing items; `/icb plan` shows what it would do.'),
      ...runRows([{ label: 'Preview plan', command: 'plan' }]),
    ]);
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return {
    type: 'modal',
    callback_id: VIEWS.post,
    private_metadata: write(PostMeta, { ...meta, digest: pending.digest }),
    title: plain('Approve and post', 24),
    submit: plain('Approve and post', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(again ? [section('*The pending items changed meanwhile.* Nothing was posted; look again.')] : []),
      section(`*${counted(count, 'pending item')}, ${amounts(sumByCurrency(groups))}*`),
      ...sectionsOf(groups.map(groupLine)),
      context(
        'Amounts are rounded to cents. Posting cannot be undone: a posted item never changes again; later changes become new items.',
      ),
    ],
  };
}
