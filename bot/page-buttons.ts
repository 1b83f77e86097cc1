import type { Button } from '@slack/types';
import { numbered } from './action-ids.ts';
import { button } from './blocks.ts';

/** *Previous page*, *Next page*, whichever there are; the value of each is the page it turns to, counted from 0. */
export function pageButtons(actionId: string, page: number, pages: number): Button[] {
  const to = (target: number, text: string) =>
    button(numbered(actionId, target), text, { value: String(target) });
  return [
    ...(page > 0 ? [to(page - 1, 'Previous page')] : []),
    ...(page < pages - 1 ? [to(page + 1, 'Next page')] : []),
  ];
}

/** The page that such a button turns to. */
export const pageOf = (value: string | null | undefined): number =>
  Math.max(0, Math.trunc(Number(value)) || 0);
