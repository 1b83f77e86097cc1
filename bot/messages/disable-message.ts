import type { DisablePreview } from '../../src/usecases/preview-disable.ts';
import { ACTIONS, SwitchValue, write } from '../action-ids.ts';
import { actions, button, context, type Message, section } from '../blocks.ts';
import { escapeName } from '../words/escape.ts';
import { amounts, counted, when } from '../words/wording.ts';

/** Before a module is switched off: what freezes, and the button that does it. */
export function disableMessage(preview: DisablePreview): Message {
  const { module, held, lastCountedAt } = preview;
  const name = escapeName(module.name);
  const last = lastCountedAt ? `, last counted ${when(lastCountedAt)}` : '';
  const waits =
    held > 0
      ? `\n${counted(held, 'held count')} of it ${held === 1 ? 'waits' : 'wait'} for a person: decide first with \`/icb plan\`.`
      : '';
  return {
    text: `Switch off ${name}?`,
    blocks: [
      section(`*Switch off ${name}?*\n${inForce(preview)}${waits}`),
      context(
        `Not counted: every night from the next one on, until it is switched on again${last}. Mappings and history stay.`,
      ),
      actions([
        button(ACTIONS.enable.switch, 'Switch off', {
          value: write(SwitchValue, { v: 1, module: module.id, on: false }),
          style: 'danger',
          label: `Switch off ${module.name}`,
        }),
      ]),
    ],
  };
}

function inForce({ units, contracts, monthly }: DisablePreview): string {
  if (contracts === 0) return 'It has no units in force; nothing that is billed changes.';
  return (
    `Its counts freeze: *${counted(units, 'unit')}* in force on *${counted(contracts, 'contract')}*, ` +
    `*${amounts(monthly)} a month*, ${units === 1 ? 'stays as it is and is' : 'stay as they are and are'} billed on, whatever is used.`
  );
}
