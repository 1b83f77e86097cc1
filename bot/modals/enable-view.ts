import type { KnownBlock, ModalView } from '@slack/types';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import type { Prerequisite } from '../../src/usecases/prerequisites.ts';
import { ACTIONS, EnableMeta, SwitchValue, VIEWS, write } from '../action-ids.ts';
import {
  actions,
  button,
  confirmation,
  context,
  divider,
  header,
  plain,
  section,
  sectionsOf,
} from '../blocks.ts';
import { runOutcome } from '../messages/run-outcome.ts';
import { runProgress } from '../messages/run-progress.ts';
import { pageButtons } from '../page-buttons.ts';
import { runRows } from '../run-buttons.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, when } from '../words/wording.ts';

const ON_A_PAGE = 8;

export interface EnableViewInput {
  readonly modules: readonly ModuleView[];
  readonly checks: readonly Prerequisite[];
  /** The run started from this view. */
  readonly run?: SyncRun;
  readonly meta: EnableMeta;
}

/** Every module as a tile with its state in words and a switch. */
export function enableView(input: EnableViewInput): ModalView {
  const { modules, checks, run, meta } = input;
  const pages = Math.max(1, Math.ceil(modules.length / ON_A_PAGE));
  const page = Math.min(meta.page, pages - 1);
  const shown = modules.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE);
  return {
    type: 'modal',
    callback_id: VIEWS.enable,
    private_metadata: write(EnableMeta, { ...meta, page }),
    title: plain('Enable modules', 24),
    close: plain('Done', 24),
    blocks: [
      ...prerequisiteBlocks(checks),
      ...runBlocks(run, modules),
      divider(),
      ...shown.map(tile),
      ...pageBlocks(page, pages),
    ],
  };
}

function prerequisiteBlocks(checks: readonly Prerequisite[]): KnownBlock[] {
  const open = checks.filter((check) => !check.ok);
  if (open.length === 0) return [context('Ready: all prerequisites are met.')];
  return [
    header('Before you start'),
    ...sectionsOf(
      checks.map((check) =>
        check.ok
          ? `${check.news ? 'Good to know' : 'Done'}: ${escapeText(check.text)}`
          : `*To do: ${escapeText(check.text)}*${check.todo ? ` ${escapeText(check.todo)}` : ''}`,
      ),
    ),
  ];
}

function runBlocks(run: SyncRun | undefined, modules: readonly ModuleView[]): KnownBlock[] {
  const enabled = modules.some((module) => module.enabled);
  const nameOf = (id: string) => modules.find((module) => module.id === id)?.name ?? id;
  if (run?.state === 'running')
    return [
      section(
        `${runProgress(run, nameOf)} The result shows here; you can close this, the summary goes to the channel.`,
        { accessory: button(ACTIONS.enable.refresh, 'Refresh') },
      ),
    ];
  return [
    ...(run ? [section(runOutcome(run, nameOf)), ...runRows(nextSteps)] : []),
    ...(enabled
      ? [
          section('Count the modules that are on, without waiting for the night.', {
            accessory: button(ACTIONS.enable.sync, 'Sync now', { style: 'primary' }),
          }),
        ]
      : [section('Switch on the modules you bill for. *Sync now* appears as soon as one is on.')]),
  ];
}

const nextSteps = [
  { label: 'Map organizations', command: 'map' },
  { label: 'Map services', command: 'services' },
];

function tile(module: ModuleView): KnownBlock {
  const { organizations } = module;
  const found =
    organizations.total === 0
      ? ''
      : `\n${counted(organizations.total, 'module organization')}, ${organizations.unmapped} unmapped`;
  const text = `*${escapeName(module.name)}*\n${stateInWords(module)}${found}`;
  return module.connected || module.enabled
    ? section(text, { accessory: switchButton(module) })
    : section(text);
}

function stateInWords(module: ModuleView): string {
  const problem = module.problem ? escapeText(module.problem) : undefined;
  if (!module.connected && !module.enabled) return `Not connected. ${problem ?? module.howToConnect}`;
  if (!module.enabled) return 'Off';
  if (problem) {
    const since = module.lastCountedAt ? ` Last counts: ${when(module.lastCountedAt)}.` : '';
    return `On, but the last sync failed: ${problem}${since}`;
  }
  return module.lastSync ? `On, last sync ${when(module.lastSync)}` : 'On, not counted yet';
}

const switchButton = (module: ModuleView) =>
  button(ACTIONS.enable.switch, module.enabled ? 'Switch off' : 'Switch on', {
    value: write(SwitchValue, { v: 1, module: module.id, on: !module.enabled }),
    label: `${module.enabled ? 'Switch off' : 'Switch on'} ${module.name}`,
    ...(module.enabled
      ? {
          confirm: confirmation(
            `Switch off ${module.name}?`,
            'Its counts freeze: units stay as they are. Mappings and history stay.',
            'Switch off',
          ),
        }
      : { style: 'primary' as const }),
  });

function pageBlocks(page: number, pages: number): KnownBlock[] {
  if (pages === 1) return [];
  return [
    context(`Page ${page + 1} of ${pages}; connected modules come first.`),
    actions(pageButtons(ACTIONS.enable.page, page, pages)),
  ];
}
