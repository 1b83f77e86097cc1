import type { ActionsBlock, Button } from '@slack/types';
import { ACTIONS, numbered } from './action-ids.ts';
import { actions, button } from './blocks.ts';

export interface RunButton {
  readonly label: string;
  /** What stands after `/icb`. */
  readonly command: string;
  readonly style?: 'primary' | 'danger';
  /** What a screen reader says, where several buttons of a message have this label. */
  readonly spoken?: string;
}

/** A button that runs a command as if it were typed. */
export const runButton = (run: RunButton, index = 0): Button =>
  button(numbered(ACTIONS.run, index), run.label, {
    value: run.command.slice(0, 2000),
    ...(run.style ? { style: run.style } : {}),
    ...(run.spoken ? { label: run.spoken } : {}),
  });

const IN_A_ROW = 3;

/** Buttons in rows of three, which is what a telephone shows side by side. */
export function runRows(runs: readonly RunButton[]): ActionsBlock[] {
  const rows: ActionsBlock[] = [];
  for (let start = 0; start < runs.length; start += IN_A_ROW)
    rows.push(
      actions(runs.slice(start, start + IN_A_ROW).map((run, index) => runButton(run, start + index))),
    );
  return rows;
}
