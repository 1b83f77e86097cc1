import { isJson, type Json, list } from './block-kit/walk-blocks.ts';
import type { AppAnswer } from './deliveries.ts';
import { isStateful, optionsOf } from './element-state.ts';
import { blockActionsPayload, type Place } from './payloads.ts';
import { elementIn, enteredIn, enterValues, findPlace, type PlaceRef, type Values } from './places.ts';
import { slackbotSays } from './replies.ts';
import type { World } from './world.ts';

export interface Click extends PlaceRef {
  readonly actionId: string;
  readonly blockId?: string | undefined;
  /** The value chosen: an option's value, text, a date, ids; nothing for a button. */
  readonly value?: unknown;
  /** What else was filled in before the click. */
  readonly values?: Values | undefined;
}

/** A person uses a control that tells the app at once. Throws when there is no such control. */
export async function click(world: World, userId: string, request: Click): Promise<AppAnswer> {
  const { workspace, triggers, ids, deliveries } = world;
  const place = findPlace(world, userId, request);
  const { block, element, isInput } = elementIn(place, request.actionId, request.blockId);
  if (isInput && block.dispatch_action !== true)
    throw new Error(
      `"${request.actionId}" is an input without dispatch_action: it tells the app nothing yet.`,
    );
  enterValues(world, userId, place, request.values ?? {});
  if (isStateful(element))
    enterValues(world, userId, place, { [String(block.block_id)]: { [request.actionId]: request.value } });
  const entered = enteredIn(world, userId, place);
  const action = {
    ...chosenPart(element, request.value),
    ...entered.inputs[String(block.block_id)]?.[request.actionId],
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: ids.ts(),
  };
  if (place.kind === 'view') place.view.banner = undefined;
  const payload = blockActionsPayload(workspace, workspace.person(userId), place, entered.inputs, action, {
    triggerId: triggers.issue(userId, place.kind === 'view' ? String(place.view.body.id) : undefined),
    responseUrl: place.kind === 'message' ? responseUrlFor(world, userId, place) : undefined,
  });
  workspace.changed();
  const answer = await deliveries.send('interactive', payload);
  if (!answer.ok) showFailure(world, userId, place);
  return answer;
}

/** Buttons send their text and value, overflow menus the option picked. */
function chosenPart(element: Json, value: unknown): Json {
  if (element.type === 'overflow') {
    const option = optionsOf(element).find((one) => one.value === value || textOf(one) === value);
    if (!option) throw new Error(`"${String(value)}" is not in this menu.`);
    return { selected_option: option };
  }
  if (element.type === 'feedback_buttons') {
    const pressed = list([element.positive_button, element.negative_button]).find(
      (one) => one.value === value,
    );
    return { text: pressed?.text, value: pressed?.value };
  }
  if (isStateful(element)) return element.placeholder ? { placeholder: element.placeholder } : {};
  const { text, value: own, style, url } = element;
  return {
    text,
    ...(own === undefined ? {} : { value: own }),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
  };
}

const textOf = (option: Json): unknown => (isJson(option.text) ? option.text.text : undefined);

const responseUrlFor = (
  world: World,
  userId: string,
  { message, channel }: Place & { kind: 'message' },
): string =>
  world.responseUrls.issue({
    userId,
    channel: channel.id,
    messageTs: message.ts,
    isEphemeral: message.ephemeralTo !== undefined,
    command: undefined,
  }).url;

function showFailure(world: World, userId: string, place: Place): void {
  const { workspace } = world;
  if (place.kind === 'message') {
    slackbotSays(
      world,
      userId,
      place.channel.id,
      `${workspace.app.name} is not responding. Please try again later.`,
    );
    return;
  }
  place.view.banner = TROUBLE;
  workspace.changed();
}

/** Slack's sentence for a modal whose app did not answer, or answered what Slack cannot use. */
export const TROUBLE = 'We had some trouble connecting. Try again?';
