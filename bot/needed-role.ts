import type { Role } from '../src/domain/role.ts';
import { ACTIONS, VIEWS } from './action-ids.ts';
import type { Command } from './words/grammar.ts';
import { VERBS } from './words/verbs.ts';

const { enable, map, services, hold, usage, access, posting, explain, home } = ACTIONS;

/**
 * The one table of what a click or a choice needs, looked at when it arrives, whoever opened what was clicked. What
 * is not in it is for admins.
 */
const CLICKS: ReadonlyMap<string, Role> = new Map<string, Role>([
  // What it runs is looked at there.
  [ACTIONS.run, 'viewer'],
  [ACTIONS.link, 'viewer'],
  [ACTIONS.share, 'viewer'],
  [ACTIONS.undo, 'operator'],
  [enable.switch, 'admin'],
  [enable.sync, 'operator'],
  [enable.page, 'viewer'],
  [enable.refresh, 'viewer'],
  ...Object.values(map).map((id): [string, Role] => [id, 'operator']),
  ...Object.values(services).map((id): [string, Role] => [id, 'operator']),
  ...Object.values(hold).map((id): [string, Role] => [id, 'operator']),
  ...Object.values(usage).map((id): [string, Role] => [id, 'operator']),
  [explain.item, 'viewer'],
  [home.page, 'viewer'],
  [access.request, 'viewer'],
  [access.grant, 'admin'],
  [posting.approve, 'approver'],
]);

const SUBMITS: ReadonlyMap<string, Role> = new Map<string, Role>([
  [VIEWS.map, 'operator'],
  [VIEWS.mapConfirm, 'operator'],
  [VIEWS.ignore, 'operator'],
  [VIEWS.services, 'operator'],
  [VIEWS.servicesConfirm, 'operator'],
  [VIEWS.template, 'operator'],
  [VIEWS.templateConfirm, 'operator'],
  [VIEWS.post, 'approver'],
  [VIEWS.exclude, 'operator'],
  [VIEWS.ask, 'operator'],
  [VIEWS.settings, 'admin'],
]);

export const neededToClick = (actionId: string): Role => CLICKS.get(actionId) ?? 'admin';

export const neededToSubmit = (callbackId: string): Role => SUBMITS.get(callbackId) ?? 'admin';

/** Looking is for everybody; `sync now` changes things though `sync preview` does not. */
export function neededToRun(command: Command): Role {
  if (command.verb === 'menu') return 'viewer';
  if (command.verb === 'sync') return command.mode === 'now' ? 'operator' : 'viewer';
  return VERBS[command.verb].role;
}
