import type { HomeView } from '@slack/types';
import type { Role } from '../../src/domain/role.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { VIEWS } from '../action-ids.ts';
import { context, divider, header, section, sectionsOf } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, listed, when } from '../words/wording.ts';
import { groupLine, type ItemGroup } from './items-message.ts';
import { menuMessage } from './menu-message.ts';
import { runOutcome } from './run-outcome.ts';

export interface HomeInput {
  /** Enabled modules. */
  readonly modules: readonly ModuleView[];
  readonly pending: readonly ItemGroup[];
  /** Counts that wait for a person. */
  readonly held: number;
  readonly lastRun?: SyncRun;
  readonly role: Role;
  /** Slack user ids of those who may change things. */
  readonly admins: readonly string[];
}

const MODULES_SHOWN = 24;

/** Where billing stands, and the same doors as `/icb`. */
export function homeView({ modules, pending, held, lastRun, role, admins }: HomeInput): HomeView {
  const total = modules.reduce((sum, module) => sum + module.organizations.total, 0);
  const unmapped = modules.reduce((sum, module) => sum + module.organizations.unmapped, 0);
  const nameOf = (id: string) => modules.find((module) => module.id === id)?.name ?? id;
  return {
    type: 'home',
    callback_id: VIEWS.home,
    blocks: [
      header('Integrated Customer Billing'),
      ...(lastRun?.finishedAt
        ? [section(runOutcome(lastRun, nameOf)), context(`Last sync ${when(lastRun.finishedAt)}`)]
        : [section(lastRun ? '*Counting…*' : 'No sync has run yet. *Setup* below shows the way.')]),
      ...(role === 'admin' ? [] : [context(mayLook(admins))]),
      divider(),
      ...failedBlocks(modules),
      ...heldBlocks(held),
      ...coverageBlocks(total, unmapped, role),
      section(modules.length > 0 ? '*Enabled modules*' : NO_MODULES),
      ...sectionsOf(modules.slice(0, MODULES_SHOWN).map(moduleLine)),
      section('*Pending*'),
      ...(pending.length > 0 ? sectionsOf(pending.map(groupLine)) : [context('Nothing is pending.')]),
      divider(),
      ...menuMessage(role).blocks,
    ],
  };
}

const NO_MODULES = '*No module is enabled.* Until one is, nothing is counted and nothing is billed.';

const mayLook = (admins: readonly string[]): string =>
  `You may look at everything here. Billing administrators change it: ${listed(admins.slice(0, 10).map((id) => `<@${id}>`))}.`;

/** What went wrong first, with why. */
const failedBlocks = (modules: readonly ModuleView[]) => {
  const failed = modules.filter(({ problem }) => problem !== undefined);
  return failed.length === 0
    ? []
    : sectionsOf([
        `*${counted(failed.length, 'module')} could not be counted;* what ${failed.length === 1 ? 'it' : 'they'} had stays as it was`,
        ...failed
          .slice(0, MODULES_SHOWN)
          .map(({ name, problem = '' }) => `• *${escapeName(name)}*: ${escapeText(clip(problem, 300))}`),
      ]);
};

function coverageBlocks(total: number, unmapped: number, role: Role) {
  if (total === 0)
    return [section('*Coverage:* no module organization is known yet; the first sync finds them.')];
  // Rounded down: 100 % is said only when nothing is left.
  const percent = Math.floor(((total - unmapped) * 100) / total);
  const text = `*Coverage:* ${total - unmapped} of ${counted(total, 'module organization')} decided (${percent} %)`;
  if (unmapped === 0) return [section(text)];
  const accessory = runButton({ label: 'Map now', command: 'map' }, MAP_BUTTON);
  return [section(`${text}, *${unmapped} to do*`, role === 'admin' ? { accessory } : {})];
}

/** The menu below has the same button; this one stands where it is needed. */
const heldBlocks = (held: number) =>
  held === 0
    ? []
    : [
        section(`*${counted(held, 'count')} held:* waits for you`, {
          accessory: runButton(
            { label: 'Decide in the plan', command: 'plan', style: 'primary' },
            HELD_BUTTON,
          ),
        }),
      ];

/** Far from the numbers of the menu's buttons. */
const HELD_BUTTON = 100;
const MAP_BUTTON = 101;

const moduleLine = (module: ModuleView): string =>
  `• *${escapeName(module.name)}*: ${
    module.problem
      ? 'last sync failed'
      : module.lastSync
        ? `counted ${when(module.lastSync)}`
        : 'not counted yet'
  }`;
