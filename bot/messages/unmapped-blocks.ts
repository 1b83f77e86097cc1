import type { KnownBlock } from '@slack/types';
import type { Unmapped, UnmappedRow } from '../../src/usecases/summary-unmapped.ts';
import { ACTIONS, numbered, SuggestedValue, write } from '../action-ids.ts';
import { actions, button, context, section } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted } from '../words/wording.ts';

/** Module organizations that nobody decided on: each with its suggestion, and a button that takes it. */
export function unmappedBlocks({ total, fresh, rows }: Unmapped): KnownBlock[] {
  if (total === 0) return [];
  const hidden = total - rows.length;
  const isNew = fresh > 0 ? `, ${fresh} new` : '';
  return [
    section(`*Not mapped: ${counted(total, 'module organization')}${isNew}*`),
    ...rows.flatMap(rowBlocks),
    ...(hidden > 0 ? [context(`… and ${hidden} more; Map now shows them all.`)] : []),
  ];
}

const WITHOUT: Readonly<Record<UnmappedRow['class'], string>> = {
  sure: 'No suggestion',
  likely: 'No suggestion',
  ambiguous: 'Several organizations fit; choose one',
  none: 'No organization of that name; choose one',
};

function description({ name, moduleName, fresh, suggestion, ...row }: UnmappedRow): string {
  const what = `${fresh ? '*New:* ' : ''}*${escapeName(name)}* · ${escapeName(moduleName)}`;
  if (!suggestion) return `${what}\n${WITHOUT[row.class]}`;
  const sure = row.class === 'sure' ? 'Surely' : 'Likely';
  const percent = `${Math.round(suggestion.confidence * 100)} %`;
  return `${what}\n${sure} *${escapeName(suggestion.name)}* (${percent}, ${escapeText(clip(suggestion.reason, 200))})`;
}

function rowBlocks(row: UnmappedRow, index: number): KnownBlock[] {
  const { moduleOrganizationId, module, suggestion } = row;
  /** Two modules may know a customer by the same name. */
  const name = `${clip(row.name, 20)} (${clip(row.moduleName, 16)})`;
  if (!suggestion) {
    const accessory = runButton(
      { label: 'Map…', command: `map ${module}`, spoken: `Map ${name}` },
      100 + index,
    );
    return [section(description(row), { accessory })];
  }
  const { organizationId, name: organization } = suggestion;
  const value = write(SuggestedValue, { v: 1, moduleOrganizationId, organizationId });
  return [
    section(description(row)),
    actions([
      button(numbered(ACTIONS.map.suggested, index), `Map to ${clip(organization, 60)}`, {
        value,
        label: `Map ${name} to ${clip(organization, 22)}`,
      }),
      button(numbered(ACTIONS.map.notSuggested, index), 'Not this one', {
        value,
        label: `${name} is not ${clip(organization, 22)}`,
      }),
    ]),
  ];
}
