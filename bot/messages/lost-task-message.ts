import type { SlackTask } from '../../src/domain/slack-task.ts';
import { context, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeText } from '../words/escape.ts';
import { when } from '../words/wording.ts';

const LINES_SHOWN = 20;

/** Tells a person what came of something they asked and were not answered. `did`: a sentence for each change it made. */
export function lostTaskMessage({ kind, asked, at }: SlackTask, did: readonly string[]): Message {
  const words = escapeText(asked.replaceAll('`', "'"));
  const what =
    kind === 'command'
      ? `your \`${words}\``
      : kind === 'click'
        ? `your click on “${words}”`
        : `your form “${words}”`;
  const done = did.length > 0;
  const text = done
    ? 'What you asked was done, though icb could not tell you'
    : 'What you asked was cut off; nothing was changed by it';
  const command = kind === 'command' ? asked.replace(/^\/icb\s*/, '') : undefined;
  return {
    text,
    blocks: [
      section(
        `I could not answer ${what} of ${when(at)}: icb was stopped at that moment, or Slack did not take the answer.`,
      ),
      ...(done
        ? [
            section('*It is done, and need not be repeated:*'),
            ...sectionsOf(did.slice(0, LINES_SHOWN).map((line) => `• ${escapeText(line)}`)),
            ...(did.length > LINES_SHOWN ? [context(`… and ${did.length - LINES_SHOWN} more`)] : []),
          ]
        : [
            section(`*Nothing was changed by it.* ${AGAIN[kind]}`),
            ...(command ? runRows([{ label: `Run ${command}`.slice(0, 70), command }]) : []),
          ]),
    ],
  };
}

const AGAIN: Readonly<Record<SlackTask['kind'], string>> = {
  command: 'Type it again, or press the button.',
  click: 'Click again where it still stands, or type `/icb`.',
  submit: 'Open the form again with `/icb`.',
};
