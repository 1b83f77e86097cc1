import { IcbError } from '../../../src/domain/errors.ts';
import { serviceTemplate } from '../../../src/usecases/service-template.ts';
import { read, ServicesMeta, TemplateMeta, TemplateValue } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { pageOf } from '../../page-buttons.ts';
import { loadTemplateView, newTemplateMeta } from '../../screens/load-template-view.ts';
import { roomForMore, templatePage, withAllTicked, withTicks } from '../../screens/template-choices.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { replaceViewIfSame, showModalOnTop } from '../../slack/surface.ts';

/** On top of the services modal, so that what is chosen there and not saved stays. */
export async function openTemplate(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(TemplateValue, action.value ?? undefined);
  if (!value) throw gone();
  const channel = read(ServicesMeta, call.view?.private_metadata)?.channel ?? call.channel;
  await showModalOnTop(bot, call, 'Use on other contracts', () =>
    loadTemplateView(bot, newTemplateMeta(value.contract, channel)),
  );
}

type Change = (bot: BotContext, meta: TemplateMeta, action: Action) => TemplateMeta | Promise<TemplateMeta>;

/** A click that shows the list otherwise; what is ticked so far comes along. */
const showing =
  (change: Change) =>
  async (bot: BotContext, call: Call, action: Action): Promise<void> => {
    const meta = read(TemplateMeta, call.view?.private_metadata);
    if (!call.view || !meta) throw gone();
    const next = await change(bot, withTicks(meta, call.view), action);
    const turned = { ...next, generation: next.generation + 1 };
    await replaceViewIfSame(bot, call.view.id, call.view.hash, await loadTemplateView(bot, turned));
  };

export const turnTemplatePage = showing((_bot, meta, action) => ({
  ...roomForMore(meta),
  page: pageOf(action.value),
}));

export const tickTemplatePage = showing(async (bot, meta) => {
  const template = await serviceTemplate(bot.core, meta.contract);
  return withAllTicked(meta, templatePage(template, meta.page).shown);
});

/** From the review back to the list. */
export const backToTemplate = showing((_bot, { seen: _seen, ...meta }) => meta);

const gone = (): IcbError =>
  new IcbError('not-found', 'This list is out of date. Close it and type /icb services for a new one.');
