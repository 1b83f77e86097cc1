import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { ContractSheet, ServiceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { ACTIONS, ServicesMeta, VIEWS, write } from '../action-ids.ts';
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
import { chosenRule } from '../screens/rule-choices.ts';
import { fromBlockId, REST, ROWS_ON_A_PAGE, restBlockId, ruleBlockId } from '../screens/services-choices.ts';
import {
  contractShown,
  isWorthShowing,
  NOT_MAPPED,
  type SheetRow,
  sheetRows,
  startingRule,
} from '../screens/sheet-rows.ts';
import { templateButton } from '../template-button.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted } from '../words/wording.ts';
import { contractPicker } from './contract-picker.ts';
import { isTyped } from './service-menu.ts';
import { serviceRowBlock } from './service-row.ts';

/** The billing types of one contract, each with the contract service its units go on. */
export function servicesView(sheet: ServiceMappingSheet, meta: ServicesMeta): ModalView {
  const current = contractShown(sheet, meta);
  const name = escapeName(sheet.organization.name);
  const frame = { type: 'modal' as const, callback_id: VIEWS.services, title: plain('Map services', 24) };
  if (!current || sheet.because)
    return {
      ...frame,
      close: plain('Close', 24),
      private_metadata: write(ServicesMeta, meta),
      blocks: [
        header(sheet.organization.name),
        section(sheet.because ? escapeText(sheet.because) : `There is nothing to map for *${name}* yet.`),
        organizationPicker(),
      ],
    };
  const rows = sheetRows(current, meta.choices);
  const visible = meta.all ? rows : rows.filter(isWorthShowing);
  const pages = Math.max(1, Math.ceil(visible.length / ROWS_ON_A_PAGE));
  const page = Math.min(meta.page, pages - 1);
  return {
    ...frame,
    submit: plain('Review', 24),
    close: plain('Cancel', 24),
    private_metadata: write(ServicesMeta, { ...meta, page, contract: current.contract.id }),
    blocks: [
      header(sheet.organization.name),
      ...contractBlocks(sheet, current),
      ...rowBlocks(visible.slice(page * ROWS_ON_A_PAGE, (page + 1) * ROWS_ON_A_PAGE), current, meta),
      ...toggles(rows.length - visible.length, meta, page, pages),
      ...ignoreRest(rows, current, meta),
      ...(rows.some(({ mapping }) => mapping?.status === 'mapped')
        ? [actions([templateButton(current.contract.id)])]
        : []),
      divider(),
      unitRuleInput(rows, current, meta),
      fromInput(meta),
    ],
  };
}

/** Asks for the organization: there may be more than a static menu holds. */
export const chooseOrganizationView = (meta: ServicesMeta): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.services,
  private_metadata: write(ServicesMeta, meta),
  title: plain('Map services', 24),
  close: plain('Close', 24),
  blocks: [section('*Whose contract?* Type a part of the name.'), organizationPicker()],
});

const organizationPicker = (): KnownBlock =>
  actions([
    {
      type: 'external_select',
      action_id: ACTIONS.services.organization,
      placeholder: plain('Choose an organization'),
      min_query_length: 0,
    },
  ]);

function contractBlocks(sheet: ServiceMappingSheet, current: ContractSheet): KnownBlock[] {
  const billable = sheet.contracts.filter((one) => one.billable);
  const others = sheet.contracts.filter((one) => !one.billable);
  const fed = current.services
    .filter((service) => service.fedByIcb)
    .map((service) => escapeName(service.name));
  const line = `*${escapeName(current.contract.name)}*, ${counted(current.services.length, 'contract service')}`;
  return [
    section(line, billable.length > 1 ? { accessory: contractPicker(sheet, current) } : {}),
    ...(fed.length > 0 ? [context(`Fed by icb: ${fed.join(', ')}`)] : []),
    ...others
      .slice(0, 5)
      .map((one) =>
        context(`Not here: ${escapeName(one.contract.name)}, because ${escapeText(one.because ?? '')}.`),
      ),
    ...sectionsOf(current.warnings.map((warning) => `*Careful:* ${escapeText(warning)}`)),
  ];
}

function rowBlocks(rows: readonly SheetRow[], sheet: ContractSheet, meta: ServicesMeta): KnownBlock[] {
  if (rows.length === 0)
    return [section('Nothing is counted for this contract yet. Sync first, or show all.')];
  const typed = isTyped(sheet, rows.length);
  return rows.flatMap((row, index) => [
    ...(rows[index - 1]?.module.id === row.module.id ? [] : [header(row.module.name)]),
    serviceRowBlock(row, sheet, meta, typed),
  ]);
}

function toggles(hidden: number, meta: ServicesMeta, page: number, pages: number): KnownBlock[] {
  const elements = [
    ...(meta.all ? [button(ACTIONS.services.all, 'Show fewer billing types', { value: 'off' })] : []),
    ...(!meta.all && hidden > 0
      ? [button(ACTIONS.services.all, `Show all billing types (${hidden} more)`, { value: 'on' })]
      : []),
    ...pageButtons(ACTIONS.services.page, page, pages),
  ];
  return elements.length > 0 ? [actions(elements)] : [];
}

function ignoreRest(
  rows: readonly SheetRow[],
  { contract }: ContractSheet,
  meta: ServicesMeta,
): KnownBlock[] {
  const open = rows.filter((row) => row.saved === NOT_MAPPED).length;
  const choice = option(
    'Ignore the rest',
    REST,
    'Every billing type left “Not mapped”, hidden ones included',
  );
  return open === 0
    ? []
    : [
        actions(
          [tick(ACTIONS.services.ignoreRest, choice, meta.ignoreRest)],
          restBlockId(meta.generation, contract.id),
        ),
      ];
}

const RULES = {
  'prorate-daily': option('Day by day', 'prorate-daily', 'A change counts from its date, prorated'),
  'next-period': option('From the next period', 'next-period', 'A change counts from the next period on'),
  peak: option(
    'At the highest count',
    'peak',
    'The highest count of a period bills; a drop counts from the next one',
  ),
  keep: option('As each is set now', 'keep', 'Leaves the rule of every mapping alone'),
} as const;

function unitRuleInput(
  rows: readonly SheetRow[],
  { contract }: ContractSheet,
  meta: ServicesMeta,
): InputBlock {
  const starting = startingRule(rows);
  const { keep, ...rules } = RULES;
  return {
    type: 'input',
    block_id: ruleBlockId(meta.generation, contract.id),
    label: plain('When a count changes during a period'),
    element: {
      type: 'static_select',
      action_id: ACTIONS.services.unitRule,
      options: [...Object.values(rules), ...(starting === 'keep' ? [keep] : [])],
      initial_option: RULES[chosenRule(meta.rules, contract.id) ?? starting],
    },
  };
}

const STARTS = {
  'period-start': option('From the start of the current period', 'period-start'),
  today: option('From today', 'today'),
} as const;

const fromInput = (meta: ServicesMeta): InputBlock => ({
  type: 'input',
  block_id: fromBlockId(meta.generation),
  label: plain('New mappings bill'),
  hint: plain('From today means one prorated item for the rest of the period.', 150),
  element: {
    type: 'radio_buttons',
    action_id: ACTIONS.services.from,
    options: Object.values(STARTS),
    initial_option: STARTS[meta.from],
  },
});
