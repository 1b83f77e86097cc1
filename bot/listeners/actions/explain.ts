import { explainView } from '../../modals/explain-view.ts';
import { replaceView } from '../../slack/surface.ts';
import { explanationOf } from '../commands/explain.ts';
import type { ActionListener } from './action-listeners.ts';

/** A billing item was picked: why it is what it is stands below the menu. */
export const pickItem: ActionListener = async (bot, call, action) => {
  const id = action.selected_option?.value;
  if (id && call.view) await replaceView(bot, call.view.id, explainView(await explanationOf(bot, id)));
};
