import type { Button } from '@slack/types';
import { ACTIONS, UndoValue, write } from './action-ids.ts';
import { button } from './blocks.ts';

/** Takes a saving of mappings back, named by its audit entry. */
export const undoButton = (change: string): Button =>
  button(ACTIONS.undo, 'Undo', { value: write(UndoValue, { v: 1, change }) });
