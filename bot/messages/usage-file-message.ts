import type { KnownBlock, StaticSelect } from '@slack/types';
import { formatMoney } from '../../src/domain/money.ts';
import type { ColumnMatching } from '../../src/domain/usage-file.ts';
import type { UsageDraftView } from '../../src/usecases/usage-drafts.ts';
import type { UsagePreview } from '../../src/usecases/usage-preview.ts';
import { ACTIONS, UsageFileValue, write } from '../action-ids.ts';
import {
  actions,
  button,
  context,
  header,
  type Message,
  option,
  plain,
  section,
  sectionsOf,
} from '../blocks.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, day, listed, signed } from '../words/wording.ts';

interface Around {
  /** Those whose usage people bring, by name. */
  readonly modules: readonly { readonly id: string; readonly name: string }[];
  readonly baseUrl?: string;
}

const PROBLEMS_SHOWN = 12;
const LINES_SHOWN = 12;
const NAMES_SHOWN = 15;

/** What was understood of a usage file and what saving it would change, with the way on. */
export function usageFileMessage(file: UsageDraftView, around: Around): Message {
  const { draft, module, preview } = file;
  if (!module || !preview)
    return {
      text: `${escapeName(draft.file)}: which module is it?`,
      blocks: [
        header(clip(draft.file, 150)),
        section('*Which module is this usage of?* Nothing is saved yet.', {
          accessory: moduleSelect(file, around.modules),
          blockId: blockIdOf(file),
        }),
        buttons(file, around),
      ],
    };
  const verdict = verdictOf(preview);
  return {
    text: `${escapeName(draft.file)}: ${escapeName(module.name)}, ${verdict}`,
    blocks: [
      header(`${clip(draft.file, 100)}: ${verdict}`),
      section(`*${escapeName(module.name)}* · ${understood(file)}`, {
        accessory: moduleSelect(file, around.modules),
        blockId: blockIdOf(file),
      }),
      ...wrong(preview),
      ...(preview.savable ? changes(file, preview) : []),
      buttons(file, around),
      context('Nothing is saved yet.'),
    ],
  };
}

/** Block ids are new for each file, so that Slack shows the module that was guessed for it. */
const blockIdOf = ({ draft }: UsageDraftView): string => `usage.${draft.id}`;

function verdictOf({ wrongRows, todo, accepted, changed, rows }: UsagePreview): string {
  if (wrongRows > 0) return `${wrongRows} of ${counted(rows, 'row')} wrong`;
  if (todo.length > 0) return 'something is still to be chosen';
  return changed === 0 ? 'nothing new' : `${counted(accepted, 'count')}, ${changed} new or changed`;
}

function understood({ draft, matching }: UsageDraftView): string {
  if (!matching) return '';
  const title = (text: string): string => `_${escapeName(text)}_`;
  const organization = [matching.name, matching.externalId].filter((each) => each !== undefined).map(title);
  const parts = [
    ...(organization.length > 0 ? [`organization: ${organization.join(' with id ')}`] : []),
    ...countsText(matching, title),
    matching.date === undefined ? `all of ${day(draft.date)}` : `date: ${title(matching.date)}`,
    ...(matching.dayOrder ? [matching.dayOrder === 'day-month' ? 'day first' : 'month first'] : []),
    `read as ${draft.encoding}`,
  ];
  return parts.join(' · ');
}

function countsText({ counts }: ColumnMatching, title: (text: string) => string): string[] {
  if (counts.layout === 'columns')
    return counts.columns.length === 0
      ? []
      : [
          `counts: ${listed(
            counts.columns
              .slice(0, NAMES_SHOWN)
              .map(({ column, billingType }) =>
                column === billingType ? title(column) : `${title(column)} as ${escapeName(billingType)}`,
              ),
          )}`,
        ];
  return [
    ...(counts.billingType === undefined ? [] : [`billing type: ${title(counts.billingType)}`]),
    ...(counts.quantity === undefined ? [] : [`count: ${title(counts.quantity)}`]),
  ];
}

function wrong({ todo, problems }: UsagePreview): KnownBlock[] {
  const lines = [
    ...todo.map((each) => `• ${escapeText(each)}`),
    ...problems
      .slice(0, PROBLEMS_SHOWN)
      .map(
        ({ line, column, text }) =>
          `• Line ${line}${column ? `, _${escapeName(column)}_` : ''}: ${escapeText(clip(text, 300))}`,
      ),
  ];
  if (lines.length === 0) return [];
  const more = problems.length - PROBLEMS_SHOWN;
  return [
    ...sectionsOf(['*To be corrected first*', ...lines]),
    context(
      `${more > 0 ? `… and ${more} more; the web page lists them all. ` : ''}Correct the file and share it again, or choose its columns on the web.`,
    ),
  ];
}

function changes({ module }: UsageDraftView, preview: UsagePreview): KnownBlock[] {
  const {
    byType,
    newModuleOrganizations: fresh,
    notInFile,
    emptyCells,
    lines,
    totals,
    moduleEnabled,
  } = preview;
  const types = byType.map(
    ({ label, counts, total, changed }) =>
      `• ${escapeName(label)}: ${counted(counts, 'count')}, together ${total}; ${changed} differ from what is known`,
  );
  const notes = [
    ...(emptyCells > 0 ? [`${counted(emptyCells, 'empty cell')}: unknown, not zero.`] : []),
    ...(fresh.length > 0 ? [`New, to be mapped: ${names(fresh.map(({ name }) => name))}.`] : []),
    ...(notInFile.length > 0 ? [`Not in the file, so unknown and not zero: ${names(notInFile)}.`] : []),
  ];
  const planned = lines.slice(0, LINES_SHOWN).map((line) => {
    const where = `*${escapeName(line.organization)}* · ${escapeName(line.service)}`;
    const held = line.action === 'held' ? 'held: ' : '';
    return `• ${where}: ${held}${line.oldUnits} → ${line.newUnits} units from ${day(line.effectiveDate)}, ${signed(line.amount, line.currency)}. ${escapeText(line.reason.text)}`;
  });
  const sums = totals.map(
    ({ amount, monthlyAmount, currency }) =>
      `*Together ${signed(amount, currency)}* now, ${formatMoney(monthlyAmount, currency)} a month from then on`,
  );
  const nothing = moduleEnabled
    ? 'The plan stays as it is.'
    : `${escapeName(module?.name ?? '')} is not enabled: its counts are kept and bill nothing until it is switched on with \`/icb enable\`.`;
  return [
    ...sectionsOf(types),
    ...(notes.length > 0 ? [context(...notes)] : []),
    ...sectionsOf(
      planned.length > 0 ? ['*What the next sync would change*', ...planned, ...sums] : [nothing],
    ),
    ...(lines.length > LINES_SHOWN
      ? [context(`… and ${counted(lines.length - LINES_SHOWN, 'more line')}; the web page has more of them.`)]
      : []),
  ];
}

const names = (all: readonly string[]): string =>
  `${listed(all.slice(0, NAMES_SHOWN).map((name) => escapeName(name)))}${all.length > NAMES_SHOWN ? ` and ${all.length - NAMES_SHOWN} more` : ''}`;

const MOST_OPTIONS = 100;

function moduleSelect({ module }: UsageDraftView, modules: Around['modules']): StaticSelect {
  const offered = module && !modules.some(({ id }) => id === module.id) ? [module, ...modules] : modules;
  const options = offered.slice(0, MOST_OPTIONS).map(({ id, name }) => option(name, id));
  const chosen = options.find(({ value }) => value === module?.id);
  return {
    type: 'static_select',
    action_id: ACTIONS.usage.module,
    placeholder: plain('Choose a module'),
    options,
    ...(chosen ? { initial_option: chosen } : {}),
  };
}

function buttons({ draft, preview }: UsageDraftView, { baseUrl }: Around) {
  const value = write(UsageFileValue, { v: 1, draft: draft.id });
  return actions([
    ...(preview?.savable ? [button(ACTIONS.usage.save, 'Save', { value, style: 'primary' })] : []),
    button(ACTIONS.usage.discard, 'Cancel', { value }),
    ...(baseUrl
      ? [button(ACTIONS.link, 'Open on the web', { url: `${baseUrl}/dashboard/usage/files/${draft.id}` })]
      : []),
  ]);
}
