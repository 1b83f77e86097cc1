import type { Role } from '../../src/domain/role.ts';

export interface Verb {
  readonly usage: string;
  readonly summary: string;
  readonly example: string;
  /** The least role that may use it. */
  readonly role: Role;
  /** Other words people try. */
  readonly aliases: readonly string[];
}

/** Everything `/icb` understands, in the order help and the menu show it. */
export const VERBS = {
  help: {
    usage: 'help [command]',
    summary: 'what you can type, or how one command works',
    example: 'help map',
    role: 'viewer',
    aliases: ['?', 'h', 'commands', 'usage'],
  },
  setup: {
    usage: 'setup',
    summary: 'the steps from nothing to the first billing items, and which are done',
    example: 'setup',
    role: 'viewer',
    aliases: ['start', 'begin', 'doctor', 'status'],
  },
  enable: {
    usage: 'enable [module]',
    summary: 'switch modules on and off, and count them now',
    example: 'enable Datto RMM',
    role: 'admin',
    aliases: ['on', 'modules', 'connect', 'activate'],
  },
  disable: {
    usage: 'disable [module]',
    summary: 'switch a module off; its counts freeze, mappings and history stay',
    example: 'disable Datto RMM',
    role: 'admin',
    aliases: ['off', 'deactivate'],
  },
  map: {
    usage: 'map [organization or module]',
    summary: 'map module organizations to your organizations',
    example: 'map Daily Mail',
    role: 'operator',
    aliases: ['mapping', 'mappings', 'organizations', 'orgs'],
  },
  services: {
    usage: 'services [organization]',
    summary: 'choose which contract service each billing type counts on',
    example: 'services Daily Mail',
    role: 'operator',
    aliases: ['service', 'contract', 'contracts', 'billing'],
  },
  sync: {
    usage: 'sync [now|preview]',
    summary: 'count now, or see what a sync would change',
    example: 'sync now',
    role: 'viewer',
    aliases: ['run', 'count', 'refresh'],
  },
  plan: {
    usage: 'plan [leakage] [csv]',
    summary: 'what a sync would change, line by line, with reasons; or what bills nowhere',
    example: 'plan leakage',
    role: 'viewer',
    aliases: ['preview', 'changes', 'diff'],
  },
  items: {
    usage: 'items [csv]',
    summary: 'pending and posted billing items by module; or all of them as a file',
    example: 'items',
    role: 'viewer',
    aliases: ['item', 'pending', 'posted', 'list'],
  },
  post: {
    usage: 'post',
    summary: 'approve and post the pending billing items',
    example: 'post',
    role: 'approver',
    aliases: ['approve', 'bill', 'invoice'],
  },
  explain: {
    usage: 'explain [id]',
    summary: 'why a billing item is what it is; the beginning of its id or a link will do, or search for it',
    example: 'explain bi_7k2m9',
    role: 'viewer',
    aliases: ['why', 'show'],
  },
  dashboard: {
    usage: 'dashboard',
    summary: 'a one-time link to the ICB tab',
    example: 'dashboard',
    role: 'viewer',
    aliases: ['web', 'open', 'home', 'tab', 'login', 'signin'],
  },
  widgets: {
    usage: 'widgets',
    summary: 'where the widgets are',
    example: 'widgets',
    role: 'viewer',
    aliases: ['widget', 'charts', 'chart'],
  },
  settings: {
    usage: 'settings',
    summary:
      'when the nightly sync runs, where summaries go, hold limits, roles, and when a second person posts',
    example: 'settings',
    role: 'admin',
    aliases: ['setting', 'config', 'configure', 'preferences', 'roles', 'role', 'admins'],
  },
  log: {
    usage: 'log [csv]',
    summary: 'who changed what, and what the last syncs did',
    example: 'log',
    role: 'viewer',
    aliases: ['audit', 'activity', 'history', 'logs'],
  },
  undo: {
    usage: 'undo',
    summary: 'take back a mapping',
    example: 'undo',
    role: 'operator',
    aliases: ['revert', 'unmap', 'back'],
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;
export const VERB_NAMES = Object.keys(VERBS) as VerbName[];
