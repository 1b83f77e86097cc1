import { atLeast, type Role } from '../../src/domain/role.ts';
import type { SlackTask } from '../../src/domain/slack-task.ts';
import { ACTIONS, baseId } from '../action-ids.ts';
import { neededToClick, neededToRun, neededToSubmit } from '../needed-role.ts';
import type { Action, View } from '../slack/payloads.ts';
import { parseCommand } from '../words/grammar.ts';

type Asked = Pick<SlackTask, 'kind' | 'asked'> | undefined;

/** What everybody may do changes nothing, and is simply asked again. */
const changes = (needed: Role): boolean => atLeast(needed, 'operator');

export function askedByCommand(text: string): Asked {
  const parsed = parseCommand(text);
  const may = parsed.ok && (changes(neededToRun(parsed.command)) || parsed.command.verb === 'setup');
  return may ? { kind: 'command', asked: `/icb ${text.trim()}` } : undefined;
}

export function askedByClick(action: Action): Asked {
  const id = baseId(action.action_id);
  if (id === ACTIONS.run) return askedByCommand(action.value ?? '');
  if (!changes(neededToClick(id)) && id !== ACTIONS.access.request) return undefined;
  return { kind: 'click', asked: action.text?.text ?? 'a choice in a form' };
}

export function askedBySubmit(view: View): Asked {
  if (!changes(neededToSubmit(view.callback_id))) return undefined;
  return { kind: 'submit', asked: view.title?.text ?? view.callback_id };
}
