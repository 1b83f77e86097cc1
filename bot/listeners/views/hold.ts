import { isIcbError } from '../../../src/domain/errors.ts';
import { atLeast } from '../../../src/domain/role.ts';
import { askAboutLine } from '../../../src/usecases/ask-about-line.ts';
import { holdKey, sinceOf } from '../../../src/usecases/decide-line.ts';
import { excludeLine } from '../../../src/usecases/exclude-line.ts';
import { type LineFate, readLineFates } from '../../../src/usecases/line-fates.ts';
import { HoldMeta, read } from '../../action-ids.ts';
import { type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { decidedAlready } from '../../messages/hold-decision.ts';
import { questionMessage } from '../../messages/question-message.ts';
import { ASK, ASK_IN_CHANNEL } from '../../modals/ask-view.ts';
import { EXCLUDE, excludeView } from '../../modals/exclude-view.ts';
import { noticeView } from '../../modals/notice-view.ts';
import { post } from '../../outbox/outbox.ts';
import { roleOfPerson } from '../../permissions.ts';
import { showDecided } from '../../screens/held-place.ts';
import type { ElementState, View } from '../../slack/payloads.ts';
import { escapeText } from '../../words/escape.ts';
import { fieldError, outOfDate, type SubmitListener, type Submitted, updated } from './submitted.ts';

const field = (view: View, { block, action }: { block: string; action: string }): ElementState =>
  view.state.values[block]?.[action] ?? {};

/** Exclude: saved, unless somebody decided while the form was open; other counts held meanwhile are shown first. */
export const saveExclusion: SubmitListener = async (bot, call, view) => {
  const { line: id, seen, place } = metaOf(view);
  const exclusion = readExclusion(bot, view);
  if ('answer' in exclusion) return exclusion;
  try {
    const { text } = await excludeLine(bot.core, { by: call.by, id, exclusion, heldOnly: true, seen });
    return { after: () => showDecided(bot, call, place, { done: `${escapeText(text)}.` }) };
  } catch (error) {
    if (!isIcbError(error)) throw error;
    const fates = await readLineFates(bot.core);
    const fate = fates.of(id, sinceOf(seen));
    if (fate.held && fate.line && error.code === 'conflict') {
      const { line } = fate;
      const { names, date: today } = fates;
      const held = { line, names, today, until: fates.periodEnd(line) ?? today };
      const form = excludeView(held, { v: 1, line: id, seen: holdKey(line), place }, error.message);
      return { ...updated(form), after: () => showDecided(bot, call, place) };
    }
    if (fate.held && error.code === 'bad-input') return fieldError(EXCLUDE.units.block, error.message);
    if (fate.held) throw error;
    return decidedMeanwhile(fate, () => showDecided(bot, call, place));
  }
};

interface ExclusionInput {
  readonly reason: string;
  readonly until: string;
  readonly units?: number;
}

/** What was filled in, or what is wrong with it, told under the field. */
function readExclusion(bot: BotContext, view: View): ExclusionInput | Submitted {
  const reason = field(view, EXCLUDE.reason).value?.trim();
  if (!reason) return fieldError(EXCLUDE.reason.block, 'Say why in a few words.');
  const until = field(view, EXCLUDE.until).selected_date;
  const today = bot.core.clock.today();
  if (!until || until < today)
    return fieldError(EXCLUDE.until.block, `Choose today (${today}) or a later day.`);
  const units = field(view, EXCLUDE.units).value?.trim();
  if (!units) return { reason, until };
  if (!/^[1-9]\d{0,8}$/.test(units))
    return fieldError(EXCLUDE.units.block, 'A whole number of 1 or more, or nothing.');
  return { reason, until, units: Number(units) };
}

/** Ask: posts the line with its buttons, to the person or in the channel. */
export const sendQuestion: SubmitListener = async (bot, call, view) => {
  const { line: id, seen, place } = metaOf(view);
  const whom = field(view, ASK.whom).selected_user;
  const text = field(view, ASK.text).value?.trim();
  if (!whom) return fieldError(ASK.whom.block, 'Choose a person.');
  if (!text) return fieldError(ASK.text.block, 'Say what you want to know.');
  const fates = await readLineFates(bot.core);
  const fate = fates.of(id, sinceOf(seen));
  const { line } = fate;
  if (!fate.held || !line) return decidedMeanwhile(fate, () => showDecided(bot, call, place));
  const inChannel = field(view, ASK.where).selected_option?.value === ASK_IN_CHANNEL;
  const mayDecide = inChannel || atLeast(await roleOfPerson(bot, whom), 'operator');
  const { names, date: today } = fates;
  const message = questionMessage(
    { line, names, today, until: today },
    { from: call.user, whom, text, mayDecide },
  );
  const written = () => askAboutLine(bot.core, { by: call.by, line, whom, question: text });
  return ask(bot, message, inChannel ? bot.channel : whom, whom, written);
};

async function ask(
  bot: BotContext,
  message: Message,
  to: string,
  whom: string,
  written: () => Promise<void>,
): Promise<Submitted> {
  const [asked] = await post(bot, [{ key: bot.core.newId('question'), kind: 'question', to, message }]);
  if (asked?.state === 'rests')
    return fieldError(
      ASK.whom.block,
      'Slack lets icb not write to this person. Ask in the channel, or somebody else.',
    );
  await written();
  const how =
    asked?.state === 'posted'
      ? `Asked <@${whom}>.`
      : `Slack does not take the question to <@${whom}> now; icb sends it as soon as it does.`;
  return updated(noticeView('Asked', [section(`${how} The count stays held until somebody decides.`)]));
}

const decidedMeanwhile = (fate: LineFate, after: () => Promise<void>): Submitted => ({
  ...updated(noticeView('Decided already', [section(decidedAlready(fate) ?? 'It is not held any more.')])),
  after,
});

function metaOf(view: View): HoldMeta {
  const meta = read(HoldMeta, view.private_metadata);
  if (!meta) throw outOfDate('plan');
  return meta;
}
