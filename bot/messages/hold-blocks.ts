import type { ActionsBlock, KnownBlock } from '@slack/types';
import { daysBetween, type IsoDate } from '../../src/domain/calendar.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { holdKey } from '../../src/usecases/decide-line.ts';
import { heldDigest } from '../../src/usecases/held-digest.ts';
import type { Names } from '../../src/usecases/names.ts';
import { ACTIONS, HoldAllValue, HoldValue, numbered, write } from '../action-ids.ts';
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
    section(heldLineText(line, names, options.today), { blockId: `${TEXT}${line.id}` }),
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

const TEXT = 'held:';
const BUTTONS = 'hold:';
const APPROVE_ALL = 'hold-all';
/** Who decided, in the place of the buttons; and the way back. */
export const DECIDED = 'decided:';
export const UNDO = 'undecided:';

/** Which line a block of these is about, and what it is; undefined for any other block. */
export function heldBlock(
  blockId = '',
):
  | { readonly part: 'text' | 'buttons' | 'decided' | 'undo'; readonly line: string }
  | { readonly part: 'approve-all' }
  | undefined {
  if (blockId === APPROVE_ALL) return { part: 'approve-all' };
  if (blockId.startsWith(TEXT)) return { part: 'text', line: blockId.slice(TEXT.length) };
  if (blockId.startsWith(DECIDED)) return { part: 'decided', line: blockId.slice(DECIDED.length) };
  if (blockId.startsWith(UNDO)) return { part: 'undo', line: blockId.slice(UNDO.length) };
  if (blockId.startsWith(BUTTONS)) return { part: 'buttons', line: blockId.slice(BUTTONS.length) };
  return undefined;
}

/**
 * What a line's buttons are told apart by: one customer may have several lines held, in one contract service even. The
 * counts come last and whole, because names are clipped to what a label may hold.
 */
export const spokenLine = (line: PlanLine, names: LineNames): string =>
  `${clip(names.organization(line.organizationId), 18)}, ${clip(names.service(line.contractServiceId), 14)}, ` +
  `${clip(names.billingType(line.module, line.billingType), 14)}: ${line.oldUnits} → ${line.newUnits}`;

function holdButtons(line: PlanLine, names: LineNames, shown: string | undefined): ActionsBlock {
  const value = write(HoldValue, { v: 1, line: line.id, seen: holdKey(line), ...(shown ? { shown } : {}) });
  const whose = names.organization(line.organizationId);
  const spoken = spokenLine(line, names);
  return actions(
    [
      button(ACTIONS.hold.approve, 'Approve', {
        value,
        style: 'primary',
        label: `Approve ${spoken}`,
        confirm: confirmation(
          'Approve this count?',
          `${clip(whose, 80)}: ${line.oldUnits} → ${line.newUnits}. Each held day is billed with its own date by the next sync.`,
          'Approve',
        ),
      }),
      button(ACTIONS.hold.exclude, 'Exclude…', { value, label: `Exclude ${spoken}` }),
      button(ACTIONS.hold.ask, 'Ask…', { value, label: `Ask about ${spoken}` }),
    ],
    `${BUTTONS}${line.id}`,
  );
}

const MODULES_SHOWN = 5;

/**
 * `Approve all of Datto RMM`, a button per module with held lines; nothing where no line is held.
 * @param lines all that is held: the button approves these counts, and no others
 */
export function approveAllBlocks(
  lines: readonly PlanLine[],
  names: Pick<Names, 'module'>,
  { shown }: Pick<HeldLineOptions, 'shown'> = {},
): KnownBlock[] {
  const held = lines.filter((line) => line.action === 'held');
  const modules = [...Map.groupBy(held, (line) => line.module)].slice(0, MODULES_SHOWN);
  if (modules.length === 0) return [];
  const buttons = modules.map(([module, own], index) =>
    button(numbered(ACTIONS.hold.approveAll, index), `Approve all of ${names.module(module)}`, {
      value: write(HoldAllValue, { v: 1, module, seen: heldDigest(own), ...(shown ? { shown } : {}) }),
      confirm: confirmation(
        `Approve all of ${names.module(module)}?`,
        `${counted(own.length, 'held count')} of ${clip(names.module(module), 80)}. Each held day is billed with its own date by the next sync.`,
        'Approve all',
      ),
    }),
  );
  return [actions(buttons, APPROVE_ALL)];
}
