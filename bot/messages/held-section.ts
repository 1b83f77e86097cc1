import type { KnownBlock } from '@slack/types';
import type { PlanLine } from '../../src/domain/plan.ts';
import type { LineFate } from '../../src/usecases/line-fates.ts';
import type { Names } from '../../src/usecases/names.ts';
import { context, section } from '../blocks.ts';
import { escapeName } from '../words/escape.ts';
import { counted } from '../words/wording.ts';
import { approveAllBlocks, type HeldLineOptions, heldLineBlocks } from './hold-blocks.ts';
import { decisionText } from './hold-decision.ts';

/** Two blocks each; Slack takes 50 in a message, and the rest of a plan has its place too. */
const SHOWN = 12;

/** What was decided since the message was made, then what is held, with its buttons; the rest is only counted. */
export function heldSection(
  held: readonly PlanLine[],
  decided: readonly LineFate[],
  names: Names,
  options: HeldLineOptions,
): KnownBlock[] {
  const told = decided.slice(-SHOWN);
  const shown = held.slice(0, SHOWN - told.length);
  const hidden = held.length - shown.length;
  return [
    ...told.flatMap((fate) => decidedBlocks(fate, names)),
    ...(held.length > 0 ? [section(`*Held: waits for you* (${held.length})`)] : []),
    ...shown.flatMap((line) => heldLineBlocks(line, names, options)),
    ...(hidden > 0
      ? [context(`… and ${counted(hidden, 'more held count')}; the dashboard has them all.`)]
      : []),
    ...(options.buttons === false ? [] : approveAllBlocks(held, names, options)),
  ];
}

function decidedBlocks(fate: LineFate, names: Names): KnownBlock[] {
  const { line } = fate;
  const what = line
    ? `*${escapeName(names.organization(line.organizationId))}* · ${escapeName(names.service(line.contractServiceId))} · ` +
      `${escapeName(names.billingType(line.module, line.billingType))}: ${units(line)}`
    : 'A line that is no longer in the plan';
  return [section(what), context(decisionText(fate))];
}

const units = ({ oldUnits, newUnits }: PlanLine): string =>
  oldUnits === newUnits ? `stays at ${counted(newUnits, 'unit')}` : `*${oldUnits} → ${newUnits}*`;
