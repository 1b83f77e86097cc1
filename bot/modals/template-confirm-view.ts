import type { ModalView } from '@slack/types';
import { type ServiceTemplate, templateDecisions } from '../../src/usecases/service-template.ts';
import { ACTIONS, TemplateMeta, VIEWS, write } from '../action-ids.ts';
import { actions, button, context, header, plain, section, sectionsOf } from '../blocks.ts';
import { escapeText } from '../words/escape.ts';
import { lineWords, targetName } from '../words/template-words.ts';
import { counted } from '../words/wording.ts';

/** Slack takes 250,000 bytes a view, and a character may need three. */
const SECTIONS_SHOWN = 25;

/** What Save would save on other contracts, before and after. `again`: something changed since it was last shown. */
export function templateConfirmView(template: ServiceTemplate, meta: TemplateMeta, again = false): ModalView {
  const { contract, targets } = template;
  const sections = sectionsOf(
    targets.flatMap((target) => [
      targetName(target),
      ...target.warnings.map((warning) => `*Careful:* ${escapeText(warning)}`),
      ...target.lines.flatMap(lineWords),
    ]),
  );
  const count = templateDecisions(targets).length;
  return {
    type: 'modal',
    callback_id: VIEWS.templateConfirm,
    private_metadata: write(TemplateMeta, meta),
    title: plain('Save these services?', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      header(`As on ${contract.name}`),
      ...(again
        ? [section('*Something changed meanwhile.* Nothing was saved; look again before you save.')]
        : []),
      section(
        `*${counted(count, 'service mapping')} on ${counted(targets.length, 'contract')}, before → after:*`,
      ),
      ...sections.slice(0, SECTIONS_SHOWN),
      ...(sections.length > SECTIONS_SHOWN
        ? [context('The rest is too long to be shown here. Go back and tick fewer to see it all.')]
        : []),
      context('Units change with the next sync, never by mapping alone. You can undo this afterwards.'),
      actions([button(ACTIONS.services.templateBack, 'Back')]),
    ],
  };
}
