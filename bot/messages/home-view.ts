import type { HomeView } from '@slack/types';
import { aRole, atLeast, ROLE_MAY, type Role } from '../../src/domain/role.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { Coverage, Covered } from '../../src/usecases/coverage.ts';
import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { VIEWS } from '../action-ids.ts';
import { context, divider, header, section, sectionsOf } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { counted, listed, when } from '../words/wording.ts';
import { type Approvals, approvalBlocks } from './home-approvals.ts';
import { groupLine, type ItemGroup } from './items-message.ts';
import { menuMessage } from './menu-message.ts';
import { runOutcome } from './run-outcome.ts';

export interface HomeInput {
  /** Enabled modules. */
  readonly modules: readonly ModuleView[];
  readonly pending: readonly ItemGroup[];
  readonly approvals: Approvals;
  readonly coverage: Coverage;
  readonly lastRun?: SyncRun;
  readonly role: Role;
  /** Whose tab it is. */
  readonly userId: string;
  /** Slack user ids of those who may change things. */
  readonly admins: readonly string[];
}

/** More than there are in the catalogue. */
const MODULES_SHOWN = 40;

/** Where billing stands, and the same doors as `/icb`. */
export function homeView(input: HomeInput): HomeView {
  const { modules, pending, approvals, lastRun, role, userId, admins } = input;
  const nameOf = (id: string) => modules.find((module) => module.id === id)?.name ?? id;
  return {
    type: 'home',
    callback_id: VIEWS.home,
    blocks: [
      header('Integrated Customer Billing'),
      ...(lastRun?.finishedAt
        ? [section(runOutcome(lastRun, nameOf)), context(`Last sync ${when(lastRun.finishedAt)}`)]
        : [section(lastRun ? '*Counting…*' : 'No sync has run yet. *Setup* below shows the way.')]),
      ...(role === 'admin' ? [] : [context(yourRole(role, admins))]),
      divider(),
      ...failedBlocks(modules),
      ...approvalBlocks(approvals, role, userId),
      ...coverageBlocks(input.coverage, role),
      section(modules.length > 0 ? '*Enabled modules*' : NO_MODULES),
      ...sectionsOf([
        ...modules.slice(0, MODULES_SHOWN).map(moduleLine),
        ...(modules.length > MODULES_SHOWN
          ? [`… and ${modules.length - MODULES_SHOWN} more; the dashboard has them all.`]
          : []),
      ]),
      section('*Pending*'),
      ...(pending.length > 0 ? sectionsOf(pending.map(groupLine)) : [context('Nothing is pending.')]),
      divider(),
      ...menuMessage(role).blocks,
    ],
  };
}

const NO_MODULES = '*No module is enabled.* Until one is, nothing is counted and nothing is billed.';

const yourRole = (role: Role, admins: readonly string[]): string =>
  `You are ${aRole(role)}: you may ${ROLE_MAY[role]}. ${
    admins.length > 0
      ? `Billing administrators give roles: ${listed(admins.slice(0, 10).map((id) => `<@${id}>`))}.`
      : 'Nobody is admin yet: who runs `/icb setup` first becomes one.'
  }`;

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

function coverageBlocks({ organizations, billingTypes }: Coverage, role: Role) {
  if (organizations.total === 0)
    return [section('*Coverage:* no module organization is known yet; the first sync finds them.')];
  const { total, decided } = organizations;
  return [
    covered(`*Organizations:* ${decided} of ${counted(total, 'module organization')}`, organizations, MAP),
    ...(billingTypes.total > 0
      ? [covered(`*Billing types:* ${billingTypes.decided} of ${billingTypes.total}`, billingTypes, SERVICES)]
      : []),
  ];

  function covered(text: string, { decided, total }: Covered, door: ReturnType<typeof runButton>) {
    // Rounded down: 100 % is said only when nothing is left.
    const said = `${text} decided (${Math.floor((decided * 100) / total)} %)`;
    if (decided === total) return section(said);
    return section(
      `${said}, *${total - decided} to do*`,
      atLeast(role, 'operator') ? { accessory: door } : {},
    );
  }
}

/** The menu below has the same buttons; these stand where they are needed. */
const MAP = runButton({ label: 'Map now', command: 'map' }, 101);
const SERVICES = runButton({ label: 'Map services now', command: 'services' }, 102);

const moduleLine = (module: ModuleView): string =>
  `• *${escapeName(module.name)}*: ${
    module.problem
      ? 'last sync failed'
      : module.lastSync
        ? `counted ${when(module.lastSync)}`
        : 'not counted yet'
  }`;
