import type { Json } from './block-kit/walk-blocks.ts';
import { viewPayload } from './payloads.ts';
import type { Message, View } from './workspace.ts';
import type { World } from './world.ts';

/** A message as one person sees it; `state` holds what that person entered in it. */
export interface SeenMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs: string | undefined;
  readonly ephemeral: boolean;
  readonly text: string;
  readonly blocks: Json[];
  readonly files: Json[];
  readonly edited: boolean;
}

export interface SeenView {
  readonly view: Json;
  readonly errors: Readonly<Record<string, string>>;
  readonly banner: string | undefined;
}

export const seenMessage = ({ body, ...message }: Message): SeenMessage => ({
  ts: message.ts,
  channel: message.channel,
  user: message.user,
  threadTs: message.threadTs,
  ephemeral: message.ephemeralTo !== undefined,
  text: String(body.text ?? ''),
  blocks: (body.blocks as Json[] | undefined) ?? [],
  files: (body.files as Json[] | undefined) ?? [],
  edited: body.edited !== undefined,
});

export const seenView = (view: View): SeenView => ({
  view: viewPayload(view),
  errors: view.errors,
  banner: view.banner,
});

export const visibleMessages = ({ workspace }: World, userId: string): SeenMessage[] =>
  workspace.messages.filter((one) => !one.ephemeralTo || one.ephemeralTo === userId).map(seenMessage);

/** Everything the page shows to one person. */
export function snapshot(world: World, userId: string) {
  const { workspace, settings, deliveries } = world;
  const me = workspace.person(userId);
  const home = workspace.homes.get(userId);
  return {
    revision: workspace.revision,
    team: workspace.team,
    app: workspace.app,
    me,
    people: workspace.people,
    commands: settings.commands,
    shortcuts: settings.shortcuts.map(({ callback_id: callbackId, ...shown }) => ({ ...shown, callbackId })),
    transport: deliveries.transport(),
    faults: world.switched.list(),
    channels: workspace.channels.filter((channel) => channel.kind !== 'im' || channel.userId === userId),
    files: Object.fromEntries(workspace.files),
    messages: visibleMessages(world, userId),
    stack: workspace.stack(userId).map(seenView),
    home: home ? seenView(home) : null,
  };
}
