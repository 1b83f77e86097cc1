import { type Json, list } from './block-kit/walk-blocks.ts';
import { type Inputs, stateValues } from './element-state.ts';
import type { Channel, Message, Person, View, Workspace } from './workspace.ts';

/** Slack's old shared token: still in every payload, and never to be trusted. */
const VERIFICATION_TOKEN = 'simulated-verification-token';

/** Where a person acts: a message or a view. */
export type Place =
  | { readonly kind: 'message'; readonly message: Message; readonly channel: Channel }
  | { readonly kind: 'view'; readonly view: View };

export function viewPayload(view: View): Json {
  return { ...view.body, state: { values: stateValues(view.body.blocks, view.inputs) } };
}

function common(workspace: Workspace, person: Person): Json {
  const { team, app } = workspace;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
    api_app_id: app.id,
    token: VERIFICATION_TOKEN,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function commandPayload(
  workspace: Workspace,
  person: Person,
  channel: Channel,
  command: { command: string; text: string; responseUrl: string; triggerId: string },
): Json {
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
    user_id: person.id,
    user_name: person.name,
    command: command.command,
    text: command.text,
    api_app_id: workspace.app.id,
    is_enterprise_install: 'false',
    response_url: command.responseUrl,
    trigger_id: command.triggerId,
  };
}

/** `container` and what goes with it in block_actions and block_suggestion. */
function placePayload(place: Place, inputs: Inputs): Json {
  if (place.kind === 'view')
    return {
      container: { type: 'view', view_id: place.view.body.id },
      view: viewPayload(place.view),
    };
  const { message, channel } = place;
  const isEphemeral = message.ephemeralTo !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // Slack leaves the message out when it was ephemeral: nobody stores it.
    ...(isEphemeral ? {} : { message: { ...message.body, ts: message.ts, type: 'message' } }),
    state: { values: stateValues(list(message.body.blocks), inputs) },
  };
}

export function blockActionsPayload(
  workspace: Workspace,
  person: Person,
  place: Place,
  inputs: Inputs,
  action: Json,
  reply: { triggerId: string; responseUrl: string | undefined },
): Json {
  return {
    type: 'block_actions',
    ...common(workspace, person),
    trigger_id: reply.triggerId,
    ...placePayload(place, inputs),
    ...(reply.responseUrl ? { response_url: reply.responseUrl } : {}),
    actions: [action],
  };
}

export function blockSuggestionPayload(
  workspace: Workspace,
  person: Person,
  place: Place,
  inputs: Inputs,
  query: { actionId: string; blockId: string; value: string },
): Json {
  return {
    type: 'block_suggestion',
    ...common(workspace, person),
    ...placePayload(place, inputs),
    action_id: query.actionId,
    block_id: query.blockId,
    value: query.value,
  };
}

export function viewSubmissionPayload(
  workspace: Workspace,
  person: Person,
  view: View,
  triggerId: string,
): Json {
  return {
    type: 'view_submission',
    ...common(workspace, person),
    trigger_id: triggerId,
    view: viewPayload(view),
    response_urls: [],
  };
}

/** `shortcut` for a global one, `message_action` for one on a message. */
export function shortcutPayload(
  workspace: Workspace,
  person: Person,
  used: {
    callbackId: string;
    actionTs: string;
    triggerId: string;
    on?: { message: Message; channel: Channel; responseUrl: string };
  },
): Json {
  const { callbackId, actionTs, triggerId, on } = used;
  return {
    type: on ? 'message_action' : 'shortcut',
    ...common(workspace, person),
    callback_id: callbackId,
    trigger_id: triggerId,
    action_ts: actionTs,
    ...(on
      ? {
          response_url: on.responseUrl,
          message_ts: on.message.ts,
          channel: { id: on.channel.id, name: on.channel.kind === 'im' ? 'directmessage' : on.channel.name },
          message: { ...on.message.body, type: 'message', user: on.message.user, ts: on.message.ts },
        }
      : {}),
  };
}

export function viewClosedPayload(
  workspace: Workspace,
  person: Person,
  view: View,
  isCleared: boolean,
): Json {
  return {
    type: 'view_closed',
    ...common(workspace, person),
    view: viewPayload(view),
    is_cleared: isCleared,
  };
}

export function eventPayload(workspace: Workspace, eventId: string, now: number, event: Json): Json {
  const { team, app } = workspace;
  return {
    token: VERIFICATION_TOKEN,
    team_id: team.id,
    api_app_id: app.id,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(now / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event,
  };
}

export const urlVerificationPayload = (challenge: string): Json => ({
  token: VERIFICATION_TOKEN,
  challenge,
  type: 'url_verification',
});
