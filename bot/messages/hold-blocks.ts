import type { ActionsBlock, KnownBlock } from '@slack/types';
import { daysBetween, type IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import type { Names } from '../../src/usecases/names.ts';
import { ACTIONS, HoldValue, write } from '../action-ids.ts';
import { actions, button, confirmation, section } from '../blocks.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, day, signed } from '../words/wording.ts';

export interface HeldLineOptions {
  /** The business day, which the hold's age is reckoned from. */
  readonly today: IsoDate;
  /** False leaves the buttons out, for people who may only look. */
  readonly buttons?: boolean;
  /**
   * The business instant a message was made at that only one person sees: Slack does not send such a message back with
   * a click, so that it is made anew, with what was decided since.
   */
  readonly shown?: string;
}

type LineNames = Pick<Names, 'organization' | 'service' | 'billingType'>;

/** A line whose counts wait for a person, with Approve, Exclude… and Ask…: two blocks, one without buttons. */
export function heldLineBlocks(line: PlanLine, names: LineNames, options: HeldLineOptions): KnownBlock[] {
  return [
    section(heldLineText(line, names, options.today)),
    ...(options.buttons === false ? [] : [holdButtons(line, names, options.shown)]),
  ];
}

/** `Daily Mail · Desktop Monitoring · All devices: 12 → 0 since 23 Nov 2026 (2 days), −$40.00 this period, …`. */
export function heldLineText(line: PlanLine, names: LineNames, today: IsoDate): string {
  const { oldUnits, newUnits, heldSince, effectiveDate, amount, monthlyAmount, currency } = line;
  const since = heldSince ?? effectiveDate;
  return (
    `*${escapeName(names.organization(line.organizationId))}* · ${escapeName(names.service(line.contractServiceId))} · ` +
    `${escapeName(names.billingType(line.module, line.billingType))}: *${oldUnits} → ${newUnits}* ` +
    `since ${day(since)} (${age(since, today)}), ` +
    `${signed(amount, currency)} ${effectiveDate > today ? 'next period' : 'this period'}, ` +
    `${signed(monthlyAmount, currency)} a month\n${escapeText(clip(line.reason.text, 300))}`
  );
}

function age(since: IsoDate, today: IsoDate): string {
  const days = daysBetween(since, today);
  return days <= 0 ? 'today' : counted(days, 'day');
}

const BLOCK = 'hold:';

/** The line whose buttons a block holds; undefined for any other block. */
export const lineOfBlock = (blockId: string | undefined): string | undefined =>
  blockId?.startsWith(BLOCK) ? blockId.slice(BLOCK.length) : undefined;

function holdButtons(line: PlanLine, names: LineNames, shown: string | undefined): ActionsBlock {
  const value = write(HoldValue, { v: 1, line: line.id, ...(shown ? { shown } : {}) });
  const whose = names.organization(line.organizationId);
  return actions(
    [
      button(ACTIONS.hold.approve, 'Approve', {
        value,
        style: 'primary',
        label: `Approve ${whose}`,
        confirm: confirmation(
          'Approve this count?',
          `${clip(whose, 80)}: ${line.oldUnits} → ${line.newUnits}. Each held day is billed with its own date by the next sync.`,
          'Approve',
        ),
      }),
      button(ACTIONS.hold.exclude, 'Exclude…', { value, label: `Exclude counts of ${whose}` }),
      button(ACTIONS.hold.ask, 'Ask…', { value, label: `Ask somebody about ${whose}` }),
    ],
    `${BLOCK}${line.id}`,
  );
}
