import type { ModalView } from '@slack/types';
import type { Organization } from '../../src/domain/organization.ts';
import { section } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { clip, escapeName } from '../words/escape.ts';
import { noticeView } from './notice-view.ts';

/** An organization nobody knows, with the nearest names as buttons; where several are called the same, with their ids. */
export function didYouMeanView(
  title: string,
  verb: 'map' | 'services',
  typed: string,
  nearest: readonly Organization[],
): ModalView {
  const offered = nearest.slice(0, 5);
  const isTwice = ({ name }: Organization): boolean =>
    offered.filter((each) => sameName(each.name, name)).length > 1;
  const called = offered.filter(({ name }) => sameName(name, typed)).length;
  const unknown =
    called > 1
      ? `${called} organizations are called “${escapeName(typed)}”.`
      : `There is no organization “${escapeName(typed)}”.`;
  const which = called > 1 ? 'Which one?' : 'Did you mean one of these?';
  return noticeView(title, [
    section(offered.length > 0 ? `${unknown} ${which}` : unknown),
    ...runRows([
      ...offered.map((each) => ({
        label: isTwice(each) ? `${clip(each.name, 50)} (${each.id})` : each.name,
        command: `${verb} ${each.id}`,
      })),
      { label: 'Show all', command: verb },
    ]),
  ]);
}

const sameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();
