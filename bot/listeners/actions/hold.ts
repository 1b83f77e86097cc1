import type { ModalView } from '@slack/types';
import { IcbError, isIcbError } from '../../../src/domain/errors.ts';
import { sinceOf } from '../../../src/usecases/decide-line.ts';
import { readLineFates } from '../../../src/usecases/line-fates.ts';
import { releaseLine } from '../../../src/usecases/release-line.ts';
import { releaseLines } from '../../../src/usecases/release-lines.ts';
import { HoldAllValue, type HoldMeta, HoldValue, read } from '../../action-ids.ts';
import { section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { decidedAlready } from '../../messages/hold-decision.ts';
import { askView } from '../../modals/ask-view.ts';
import { excludeView, type HeldForm } from '../../modals/exclude-view.ts';
import { noticeView } from '../../modals/notice-view.ts';
import { placeOf, showDecided } from '../../screens/held-place.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { showModalOnTop } from '../../slack/surface.ts';
import { escapeText } from '../../words/escape.ts';
import { when, who } from '../../words/wording.ts';

/** Approve. Whoever clicks second is told who decided; counts that changed since they were shown are shown again. */
export async function approveHeld(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { line: id, seen, shown } = readValue(action);
  const place = placeOf(call, shown);
  try {
    const { text } = await releaseLine(bot.core, { by: call.by, id, seen });
    await showDecided(bot, call, place, { done: `${escapeText(text)}.` });
  } catch (error) {
    if (!isIcbError(error) || !DECIDED_MEANWHILE.has(error.code)) throw error;
    const fate = (await readLineFates(bot.core)).of(id, sinceOf(seen));
    await showDecided(bot, call, place, { refusal: decidedAlready(fate) ?? escapeText(error.message) });
  }
}

const DECIDED_MEANWHILE: ReadonlySet<string> = new Set(['bad-input', 'conflict', 'not-found']);

/** Approve all of a module. When another set is held than was shown, nothing is approved, and that set is shown. */
export async function approveAllHeld(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(HoldAllValue, action.value ?? undefined);
  if (!value) throw gone();
  const { module, seen, shown } = value;
  const place = placeOf(call, shown);
  try {
    const { lines, text } = await releaseLines(bot.core, { by: call.by, module, seen });
    const told =
      lines.length === 0
        ? { refusal: escapeText(text) }
        : { note: `${escapeText(text)} · by ${who(call.by)} · ${now(bot)}` };
    await showDecided(bot, call, place, told);
  } catch (error) {
    if (!isIcbError(error) || error.code !== 'conflict') throw error;
    await showDecided(bot, call, place, { refusal: escapeText(error.message) });
  }
}

const now = (bot: BotContext): string => when(bot.core.clock.now().toString());

/** Exclude…: asks why, until when and how many. */
export const excludeHeld = opening('Exclude', excludeView);

/** Ask…: asks whom, and what. */
export const askAboutHeld = opening('Ask', askView);

function opening(
  title: string,
  form: (held: HeldForm, meta: HoldMeta) => ModalView,
): (bot: BotContext, call: Call, action: Action) => Promise<void> {
  return async (bot, call, action) => {
    const { line: id, seen, shown } = readValue(action);
    const place = placeOf(call, shown);
    if (call.message && call.channel) bot.clicked.keep(call.channel, call.message);
    let refused = false;
    await showModalOnTop(bot, call, title, async () => {
      const fates = await readLineFates(bot.core);
      const fate = fates.of(id, sinceOf(seen));
      if (fate.held && fate.line) {
        const { names, date } = fates;
        const until = fates.periodEnd(fate.line) ?? date;
        return form({ line: fate.line, names, today: date, until }, { v: 1, line: id, seen, place });
      }
      refused = true;
      return noticeView('Decided already', [section(decidedAlready(fate) ?? 'It is not held any more.')]);
    });
    if (refused) await showDecided(bot, call, place);
  };
}

const readValue = (action: Action) => {
  const value = read(HoldValue, action.value ?? undefined);
  if (!value) throw gone();
  return value;
};

const gone = (): IcbError =>
  new IcbError('not-found', 'This button is from an older icb. Type /icb plan for what is held now.');
