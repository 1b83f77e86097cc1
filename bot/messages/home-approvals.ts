import type { KnownBlock } from '@slack/types';
import type { IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import type { PostRequest } from '../../src/domain/post-request.ts';
import { atLeast, type Role } from '../../src/domain/role.ts';
import type { Names } from '../../src/usecases/names.ts';
import { personKey } from '../../src/usecases/post-requests.ts';
import { ACTIONS } from '../action-ids.ts';
import { actions, context, section } from '../blocks.ts';
import { pageButtons } from '../page-buttons.ts';
import { runButton } from '../run-buttons.ts';
import { counted } from '../words/wording.ts';
import { approveAllBlocks, heldLineBlocks } from './hold-blocks.ts';
import { postRequestMessage } from './post-request-message.ts';

export interface Approvals {
  readonly held: readonly PlanLine[];
  /** Open requests to post as the second person. */
  readonly requests: readonly PostRequest[];
  readonly names: Names;
  readonly today: IsoDate;
  /** Counted from 0; beyond the last page is the last page. */
  readonly page: number;
}

/** Of three blocks at most each: Slack takes 100 on a Home tab. */
const ON_A_PAGE = 8;
/** Far from the numbers of the menu's buttons. */
const PLAN_BUTTON = 100;

/** What waits for this very person, with the buttons to decide it here. */
export function approvalBlocks(
  { held, requests, names, today, page: asked }: Approvals,
  role: Role,
  userId: string,
): KnownBlock[] {
  const mine = atLeast(role, 'approver')
    ? requests.filter(({ by }) => personKey(by) !== `slack:${userId}`)
    : [];
  const mayDecide = atLeast(role, 'operator');
  if (held.length === 0 && mine.length === 0) return [];
  const waiting = [
    ...mine.map((request) => () => postRequestMessage(request).blocks),
    ...(mayDecide ? held : []).map((line) => () => heldLineBlocks(line, names, { today })),
  ];
  const pages = Math.ceil(waiting.length / ON_A_PAGE);
  const page = Math.max(0, Math.min(asked, pages - 1));
  const first = page * ON_A_PAGE;
  const shown = waiting.slice(first, first + ON_A_PAGE);
  return [
    section(
      mayDecide
        ? '*Waits for you*'
        : `*${counted(held.length, 'count')} held:* waits for somebody who may decide`,
      {
        ...(held.length > 0
          ? { accessory: runButton({ label: 'Show the plan', command: 'plan' }, PLAN_BUTTON) }
          : {}),
      },
    ),
    ...shown.flatMap((blocks) => blocks()),
    ...(pages > 1
      ? [
          context(`${first + 1} to ${first + shown.length} of ${waiting.length}`),
          actions(pageButtons(ACTIONS.home.page, page, pages)),
        ]
      : []),
    ...(mayDecide ? approveAllBlocks(held, names) : []),
  ];
}
