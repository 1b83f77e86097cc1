import type { Button } from '@slack/types';
import { undoUntil } from '../src/usecases/undo-time.ts';
import { ACTIONS, UndoValue, write } from './action-ids.ts';
import { button } from './blocks.ts';
import { when } from './words/wording.ts';

/** Takes a change back, named by its audit entry. */
export const undoButton = (change: string, label?: string): Button =>
  button(ACTIONS.undo, 'Undo', {
    value: write(UndoValue, { v: 1, change }),
    ...(label ? { label } : {}),
  });

/** Beside the button: how long it can be pressed. */
export const undoTime = (at: string): string => `Undo until ${when(undoUntil(at).toString())}`;

/** The same for what a sync makes final. */
export const undoBeforeSync = (at: string): string => `${undoTime(at)}, or until the next sync`;
