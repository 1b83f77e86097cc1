import { atLeast, type Role } from '../../src/domain/role.ts';
import { header, type Message, section } from '../blocks.ts';
import { neededToRun } from '../needed-role.ts';
import { type RunButton, runRows } from '../run-buttons.ts';
import { parseCommand } from '../words/grammar.ts';

const GROUPS: readonly { readonly title: string; readonly entries: readonly RunButton[] }[] = [
  {
    title: '*Look*',
    entries: [
      { label: 'Open dashboard', command: 'dashboard', style: 'primary' },
      { label: 'Plan', command: 'plan' },
      { label: 'Leakage', command: 'plan leakage' },
      { label: 'Billing items', command: 'items' },
      { label: 'Explain an item…', command: 'explain' },
      { label: 'Widgets', command: 'widgets' },
      { label: 'Log', command: 'log' },
      { label: 'Setup', command: 'setup' },
      { label: 'Help', command: 'help' },
    ],
  },
  {
    title: '*Set up*',
    entries: [
      { label: 'Enable modules', command: 'enable' },
      { label: 'Disable a module', command: 'disable' },
      { label: 'Map organizations', command: 'map' },
      { label: 'Map services', command: 'services' },
      { label: 'Settings', command: 'settings' },
    ],
  },
  {
    title: '*Act*',
    entries: [
      { label: 'Sync now', command: 'sync now' },
      { label: 'Approve and post…', command: 'post' },
      { label: 'Undo…', command: 'undo' },
    ],
  },
];

/** Bare `/icb`: what this person may do, as buttons. */
export function menuMessage(role: Role): Message {
  const groups = GROUPS.map((group) => ({
    title: group.title,
    entries: group.entries.filter((entry) => allows(role, entry)),
  })).filter((group) => group.entries.length > 0);
  return {
    text: 'What would you like to do?',
    blocks: [
      header('What would you like to do?'),
      ...groups.flatMap((group) => [section(group.title), ...runRows(group.entries)]),
    ],
  };
}

function allows(role: Role, { command }: RunButton): boolean {
  const parsed = parseCommand(command);
  return parsed.ok && atLeast(role, neededToRun(parsed.command));
}
