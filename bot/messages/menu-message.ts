import type { Role } from '../../src/auth/roles.ts';
import { header, type Message, section } from '../blocks.ts';
import { type RunButton, runRows } from '../run-buttons.ts';
import { VERBS, type VerbName } from '../verbs.ts';

interface MenuEntry extends RunButton {
  readonly verb: VerbName;
}

const GROUPS: readonly { readonly title: string; readonly entries: readonly MenuEntry[] }[] = [
  {
    title: '*Look*',
    entries: [
      { verb: 'dashboard', label: 'Open dashboard', command: 'dashboard', style: 'primary' },
      { verb: 'plan', label: 'Plan', command: 'plan' },
      { verb: 'items', label: 'Billing items', command: 'items' },
      { verb: 'log', label: 'Log', command: 'log' },
      { verb: 'setup', label: 'Setup', command: 'setup' },
      { verb: 'help', label: 'Help', command: 'help' },
    ],
  },
  {
    title: '*Set up*',
    entries: [
      { verb: 'enable', label: 'Enable modules', command: 'enable' },
      { verb: 'map', label: 'Map organizations', command: 'map' },
      { verb: 'services', label: 'Map services', command: 'services' },
    ],
  },
  {
    title: '*Act*',
    entries: [
      { verb: 'enable', label: 'Sync now', command: 'sync now' },
      { verb: 'post', label: 'Approve and post…', command: 'post' },
    ],
  },
];

/** Bare `/icb`: what this person may do, as buttons. */
export function menuMessage(role: Role): Message {
  const groups = GROUPS.map((group) => ({
    title: group.title,
    entries: group.entries.filter((entry) => role === 'admin' || VERBS[entry.verb].role === 'viewer'),
  })).filter((group) => group.entries.length > 0);
  return {
    text: 'What would you like to do?',
    blocks: [
      header('What would you like to do?'),
      ...groups.flatMap((group) => [section(group.title), ...runRows(group.entries)]),
    ],
  };
}
