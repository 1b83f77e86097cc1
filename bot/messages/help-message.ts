import type { Role } from '../../src/domain/role.ts';
import { context, header, type Message, section, sectionsOf } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { clip, escapeText } from '../words/escape.ts';
import type { Parsed } from '../words/grammar.ts';
import { VERB_NAMES, VERBS, type VerbName } from '../words/verbs.ts';

const WHO: Readonly<Record<Role, string>> = {
  viewer: 'For everybody.',
  operator: 'For the role operator and above.',
  approver: 'For the role approver and above.',
  admin: 'For admins.',
};

export const helpMessage = (): Message => ({
  text: 'What you can type after /icb',
  blocks: [
    header('What you can type after /icb'),
    ...sectionsOf(
      VERB_NAMES.map((name) => {
        const { usage, summary, role } = VERBS[name];
        return `\`/icb ${usage}\` ${summary}${role === 'viewer' ? '' : ` · _${role}_`}`;
      }),
    ),
    context('Upper or lower case does not matter. `/icb help map` explains one command.'),
  ],
});

export function verbHelpMessage(verb: VerbName): Message {
  const { usage, summary, example, role, aliases } = VERBS[verb];
  return {
    text: `/icb ${usage}: ${summary}`,
    blocks: [
      section(`\`/icb ${usage}\`\n${summary[0]?.toUpperCase()}${summary.slice(1)}.`),
      context(`Example: \`/icb ${example}\``, WHO[role], `Also understood: ${aliases.join(', ')}`),
    ],
  };
}

/** A command that was not understood, with the one that was probably meant as a button. */
export function misunderstoodMessage(parsed: Extract<Parsed, { ok: false }>): Message {
  const { offer, example } = parsed;
  const problem = clip(parsed.problem, 300);
  const hint = offer === undefined ? 'Here is everything icb understands:' : 'Did you mean this?';
  return {
    text: `${escapeText(problem)} ${hint}`,
    blocks: [
      section(`${escapeText(problem)} ${hint}`),
      context(`Example: \`/icb ${example}\``),
      ...runRows(
        offer === undefined
          ? [{ label: 'Show help', command: 'help' }]
          : [
              { label: `/icb ${offer}`, command: offer, style: 'primary' },
              { label: 'Show help', command: 'help' },
            ],
      ),
    ],
  };
}
