import type { ModalView } from '@slack/types';
import { ACTIONS, MapMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, plain, section, sectionsOf } from '../blocks.ts';
import { type MappingChange, nounOf } from '../screens/mapping-changes.ts';
import { escapeName } from '../words/escape.ts';
import { counted } from '../words/wording.ts';

/** What Save would save, before and after. `again`: somebody changed one of these since it was last shown. */
export const mapConfirmView = (
  changes: readonly MappingChange[],
  meta: MapMeta,
  again = false,
): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.mapConfirm,
  private_metadata: write(MapMeta, meta),
  title: plain('Save these mappings?', 24),
  submit: plain('Save', 24),
  close: plain('Cancel', 24),
  blocks: [
    ...(again
      ? [section('*Somebody changed one of these meanwhile.* Nothing was saved; look again before you save.')]
      : []),
    section(`*${counted(changes.length, nounOf(changes))} to save:*`),
    ...sectionsOf(changes.map(changeLine)),
    context('Units change with the next sync, never by mapping alone. You can undo this afterwards.'),
    actions([button(ACTIONS.map.back, 'Back')]),
  ],
});

const changeLine = (change: MappingChange): string =>
  `• *${escapeName(change.name)}* (${escapeName(change.moduleName)}): ${escapeName(change.before)} → *${escapeName(change.after)}*`;
