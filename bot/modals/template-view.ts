import type { Checkboxes, KnownBlock, ModalView } from '@slack/types';
import type { ServiceTemplate, TemplateTarget } from '../../src/usecases/service-template.ts';
import { ACTIONS, TemplateMeta, VIEWS, write } from '../action-ids.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  option,
  plain,
  section,
  sectionsOf,
  tick,
} from '../blocks.ts';
import { pageButtons } from '../page-buttons.ts';
import { canBeTicked, targetBlockId, targetKey, templatePage } from '../screens/template-choices.ts';
import { clip, escapeText } from '../words/escape.ts';
import { RULE_WORDS } from '../words/rule-words.ts';
import { rowWords, targetName } from '../words/template-words.ts';
import { counted } from '../words/wording.ts';

const ROWS_SHOWN = 25;
const REASONS_SHOWN = 3;

/** The contracts that could get one contract's service mappings, exceptions first, to tick. */
export function templateView(template: ServiceTemplate, meta: TemplateMeta): ModalView {
  const { rows } = template;
  const { page, pages, shown } = templatePage(template, meta.page);
  const elements = [
    ...(shown.some(canBeTicked) ? [button(ACTIONS.services.templateTickAll, 'Tick all on this page')] : []),
    ...pageButtons(ACTIONS.services.templatePage, page, pages),
  ];
  return {
    type: 'modal',
    callback_id: VIEWS.template,
    title: plain('Use on other contracts', 24),
    ...(template.targets.some(canBeTicked) ? { submit: plain('Review', 24) } : {}),
    close: plain('Close', 24),
    private_metadata: write(TemplateMeta, { ...meta, page }),
    blocks: [
      header(template.contract.name),
      ...sectionsOf(
        rows.slice(0, ROWS_SHOWN).map((row) => `• ${rowWords(row)}, ${RULE_WORDS[row.mapping.unitRule]}`),
      ),
      ...(rows.length > ROWS_SHOWN ? [context(`… and ${rows.length - ROWS_SHOWN} more`)] : []),
      context(
        'As saved for this contract. Services are found by their names; what is mapped otherwise or ignored elsewhere stays as it is.',
      ),
      divider(),
      ...(shown.length === 0
        ? [
            section(
              'No other contract that can be billed holds a service of one of these names and lacks a mapping.',
            ),
          ]
        : shown.map((target) => targetBlock(target, meta))),
      ...(elements.length > 0 ? [actions(elements)] : []),
    ],
  };
}

function targetBlock(target: TemplateTarget, meta: TemplateMeta): KnownBlock {
  const key = targetKey(target);
  const text = `${targetName(target)}\n${[gets(target), ...leftOut(target)].join(' · ')}`;
  return section(text, {
    blockId: targetBlockId(meta.generation, key),
    ...(canBeTicked(target) ? { accessory: useHere(key, meta.choices.has(key)) } : {}),
  });
}

const useHere = (key: string, ticked: boolean): Checkboxes =>
  tick(ACTIONS.services.templateTick, option('Use here', key), ticked);

function gets({ lines }: TemplateTarget): string {
  const mapped = lines.filter((line) => line.outcome === 'map' && !line.before).length;
  const ruled = lines.filter((line) => line.outcome === 'map' && line.before).length;
  const said = [
    ...(mapped > 0 ? [counted(mapped, 'new mapping')] : []),
    ...(ruled > 0 ? [counted(ruled, 'other rule')] : []),
  ];
  return said.length > 0 ? said.join(', ') : 'nothing to use';
}

function leftOut({ lines }: TemplateTarget): string[] {
  const reasons = lines.flatMap((line) =>
    line.outcome === 'left-out' ? [`${line.row.label}: ${clip(line.because, 250)}`] : [],
  );
  if (reasons.length === 0) return [];
  const more = reasons.length > REASONS_SHOWN ? `; and ${reasons.length - REASONS_SHOWN} more` : '';
  return [`left out: ${reasons.slice(0, REASONS_SHOWN).map(escapeText).join('; ')}${more}`];
}
