import type { ModalView } from '@slack/types';
import type { IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import type { Names } from '../../src/usecases/names.ts';
import { HoldMeta, VIEWS, write } from '../action-ids.ts';
import { plain, section } from '../blocks.ts';
import { heldLineText } from '../messages/hold-blocks.ts';
import { escapeText } from '../words/escape.ts';

export const EXCLUDE = {
  reason: { block: 'exclude.reason', action: 'exclude.reason' },
  until: { block: 'exclude.until', action: 'exclude.until' },
  units: { block: 'exclude.units', action: 'exclude.units' },
} as const;

/** A held line that a form is about. */
export interface HeldForm {
  readonly line: PlanLine;
  readonly names: Names;
  readonly today: IsoDate;
  /** The day proposed: the end of the billing period. */
  readonly until: IsoDate;
}

/**
 * Asks why counts are left out, until when, and how many units.
 * @param problem why it is asked again; what was filled in stays, because Slack keeps it under the same block ids
 */
export const excludeView = (
  { line, names, today, until }: HeldForm,
  meta: HoldMeta,
  problem?: string,
): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.exclude,
  private_metadata: write(HoldMeta, meta),
  title: plain('Exclude', 24),
  submit: plain('Exclude', 24),
  close: plain('Cancel', 24),
  blocks: [
    ...(problem ? [section(`*${escapeText(problem)}*`)] : []),
    section(heldLineText(line, names, today)),
    {
      type: 'input',
      block_id: EXCLUDE.reason.block,
      label: plain('Why?'),
      hint: plain('One sentence, for whoever asks later: “devices are being moved”.', 150),
      element: {
        type: 'plain_text_input',
        action_id: EXCLUDE.reason.action,
        max_length: 300,
        focus_on_load: true,
      },
    },
    {
      type: 'input',
      block_id: EXCLUDE.until.block,
      label: plain('Until and including'),
      element: { type: 'datepicker', action_id: EXCLUDE.until.action, initial_date: until },
    },
    {
      type: 'input',
      block_id: EXCLUDE.units.block,
      optional: true,
      label: plain('Units'),
      hint: plain(
        `So many are subtracted from each day’s count. Left empty, counts are not applied and ${line.oldUnits} units stay in force.`,
        150,
      ),
      element: {
        type: 'number_input',
        action_id: EXCLUDE.units.action,
        is_decimal_allowed: false,
        min_value: '1',
      },
    },
  ],
});
