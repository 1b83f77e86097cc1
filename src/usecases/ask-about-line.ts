import type { Actor } from '../domain/actor.ts';
import type { PlanLine } from '../domain/plan.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { lineName } from './decide-line.ts';
import { namesIn } from './names.ts';

/** What people ask can be long, and is in Slack; the log says what it was about. */
const QUESTION_KEPT = 200;

/**
 * Writes down who asked whom about a held count: whoever looks later why it waited so long finds it. Nothing else is
 * stored, because asking decides nothing.
 * @param whom a Slack user id
 */
export const askAboutLine = (
  core: Core,
  {
    by,
    line,
    whom,
    question,
  }: { readonly by: Actor; readonly line: PlanLine; readonly whom: string; readonly question: string },
): Promise<void> =>
  commit(core, by, async (snapshot) => {
    const about = `${lineName(line, await namesIn(snapshot))}: ${line.oldUnits} → ${line.newUnits}`;
    const asked = question.trim().slice(0, QUESTION_KEPT);
    return {
      changes: {},
      audit: {
        action: 'ask-about-line',
        subject: line.id,
        text: `Asked ${whom} about ${about}: ${asked}`,
        after: { userId: whom, question: asked },
      },
      result: undefined,
    };
  });
