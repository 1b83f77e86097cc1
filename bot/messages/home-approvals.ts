import type { KnownBlock } from '@slack/types';
import type { IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import type { PostRequest } from '../../src/domain/post-request.ts';
import { atLeast, type Role } from '../../src/domain/role.ts';
import type { Names } from '../../src/usecases/names.ts';
import { personKey } from '../../src/usecases/post-requests.ts';
import { context, section } from '../blocks.ts';
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
}

/** Slack takes 100 blocks on a Home tab; the plan and the channel have the rest. */
const HELD_SHOWN = 8;
const REQUESTS_SHOWN = 5;
/** Far from the numbers of the menu's buttons. */
const PLAN_BUTTON = 100;

/** What waits for this very person, with the buttons to decide it here. */
export function approvalBlocks(
  { held, requests, names, today }: Approvals,
  role: Role,
  userId: string,
): KnownBlock[] {
  const mine = atLeast(role, 'approver')
    ? requests.filter(({ by }) => personKey(by) !== `slack:${userId}`)
    : [];
  const mayDecide = atLeast(role, 'operator');
  if (held.length === 0 && mine.length === 0) return [];
  const hidden = held.length - HELD_SHOWN;
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
    ...mine.slice(0, REQUESTS_SHOWN).flatMap((request) => postRequestMessage(request).blocks),
    ...(mayDecide ? held.slice(0, HELD_SHOWN) : []).flatMap((line) => heldLineBlocks(line, names, { today })),
    ...(mayDecide && hidden > 0
      ? [context(`… and ${counted(hidden, 'more held count')}; the plan has them all.`)]
      : []),
    ...(mayDecide ? approveAllBlocks(held, names) : []),
  ];
}
