import type { HomeView } from '@slack/types';
import type { Role } from '../../src/domain/role.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { VIEWS } from '../action-ids.ts';
import { context, divider, header, section, sectionsOf } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { escapeName } from '../words/escape.ts';
import { counted, when } from '../words/wording.ts';
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
}

const MODULES_SHOWN = 24;

/** Where billing stands, and the same doors as `/icb`. */
export function homeView({ modules, pending, held, lastRun, role }: HomeInput): HomeView {
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
      divider(),
      ...heldBlocks(held),
      section(
        `*Coverage:* ${total - unmapped} of ${counted(total, 'module organization')} decided${unmapped > 0 ? `, *${unmapped} to do*` : ''}`,
      ),
      ...(modules.length > 0 ? [section('*Enabled modules*')] : []),
      ...sectionsOf(modules.slice(0, MODULES_SHOWN).map(moduleLine)),
      section('*Pending*'),
      ...(pending.length > 0 ? sectionsOf(pending.map(groupLine)) : [context('Nothing is pending.')]),
      divider(),
      ...menuMessage(role).blocks,
    ],
  };
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

const moduleLine = (module: ModuleView): string =>
  `• *${escapeName(module.name)}*: ${
    module.problem
      ? 'last sync failed'
      : module.lastSync
        ? `counted ${when(module.lastSync)}`
        : 'not counted yet'
  }`;
