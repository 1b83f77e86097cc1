import type { SlackTask } from '../../src/domain/slack-task.ts';
import { ACTIONS, baseId, VIEWS } from '../action-ids.ts';
import type { Action, View } from '../slack/payloads.ts';
import { type Command, parseCommand } from '../words/grammar.ts';

type Asked = Pick<SlackTask, 'kind' | 'asked'> | undefined;

const { enable, map, hold, usage, access, posting } = ACTIONS;

/** Clicks that change something by themselves. The others show a form or turn a page: nothing is lost with them. */
const CLICKS: ReadonlySet<string> = new Set([
  ACTIONS.undo,
  enable.switch,
  enable.sync,
  map.suggested,
  map.notSuggested,
  hold.approve,
  hold.approveAll,
  ...Object.values(usage),
  ...Object.values(access),
  posting.approve,
]);

/** Forms that are only looked through before they are saved. */
const REVIEWS: ReadonlySet<string> = new Set([VIEWS.map, VIEWS.services, VIEWS.template]);

function changes(command: Command): boolean {
  if (command.verb === 'sync') return command.mode === 'now';
  if (command.verb === 'enable') return command.module !== undefined;
  return command.verb === 'setup';
}

export function askedByCommand(text: string): Asked {
  const parsed = parseCommand(text);
  return parsed.ok && changes(parsed.command) ? { kind: 'command', asked: `/icb ${text.trim()}` } : undefined;
}

export function askedByClick(action: Action): Asked {
  const id = baseId(action.action_id);
  if (id === ACTIONS.run) return askedByCommand(action.value ?? '');
  return CLICKS.has(id) ? { kind: 'click', asked: action.text?.text ?? 'a choice in a form' } : undefined;
}

export const askedBySubmit = (view: View): Asked =>
  REVIEWS.has(view.callback_id) ? undefined : { kind: 'submit', asked: view.title?.text ?? view.callback_id };
