import type { ModalView } from '@slack/types';
import type { Organization } from '../../src/domain/organization.ts';
import { section } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeName } from '../words/escape.ts';
import { noticeView } from './notice-view.ts';

/** An organization nobody knows, with the nearest names as buttons. */
export function didYouMeanView(
  title: string,
  verb: 'map' | 'services',
  typed: string,
  nearest: readonly Organization[],
): ModalView {
  const unknown = `There is no organization “${escapeName(typed)}”.`;
  return noticeView(title, [
    section(nearest.length > 0 ? `${unknown} Did you mean one of these?` : unknown),
    ...runRows([
      ...nearest.slice(0, 5).map(({ id, name }) => ({ label: name, command: `${verb} ${id}` })),
      { label: 'Show all', command: verb },
    ]),
  ]);
}
