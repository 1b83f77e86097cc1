import { checkView, isViewTooLarge } from './block-kit/check-view.ts';
import { LIMITS } from './block-kit/limits.ts';
import { fillIds, isJson, type Json } from './block-kit/walk-blocks.ts';
import { keepInputs, stateValues } from './element-state.ts';
import { fileProblems, refuseView } from './refusal.ts';
import type { View } from './workspace.ts';
import type { World } from './world.ts';

/** Why this view cannot be shown, as a Web API answer; undefined when it can. */
export function refusalOf(
  { workspace }: World,
  view: unknown,
  type: 'modal' | 'home',
  current?: View,
): Json | undefined {
  if (isViewTooLarge(view)) return { ok: false, error: 'view_too_large' };
  const problems = [...checkView(view, type), ...fileProblems(workspace, isJson(view) ? view.blocks : [])];
  if (problems.length > 0) return refuseView(problems);
  const externalId = isJson(view) ? view.external_id : undefined;
  const holder = externalId ? workspace.view({ externalId }) : undefined;
  return holder && holder !== current ? { ok: false, error: 'duplicate_external_id' } : undefined;
}

/** A view object as Slack would hand it out: ids, hash and every field it adds. */
function viewBody({ workspace, ids }: World, view: Json, identity: Json): Json {
  const { app, team } = workspace;
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    title: { type: 'plain_text', text: 'View Title', emoji: true },
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    submit_disabled: false,
    ...view,
    blocks: fillIds(view.blocks, ids.block),
    team_id: team.id,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
    hash: ids.hash(),
    ...identity,
  };
}

export function createView(world: World, userId: string, view: Json, below?: View): View {
  const id = world.ids.object('V0');
  return {
    userId,
    body: viewBody(world, view, {
      id,
      root_view_id: below?.body.root_view_id ?? id,
      previous_view_id: below?.body.id ?? null,
    }),
    inputs: {},
    suggested: new Map(),
    errors: {},
    banner: undefined,
  };
}

/** New content in an open view: its id stays, its hash changes, inputs survive where ids do. */
export function rewriteView(world: World, view: View, content: Json): void {
  const { id, root_view_id, previous_view_id } = view.body;
  const shown = stateValues(view.body.blocks, view.inputs);
  view.body = viewBody(world, content, { id, root_view_id, previous_view_id });
  view.inputs = keepInputs(shown, view.body.blocks);
  view.errors = {};
  view.banner = undefined;
  world.workspace.changed();
}

/** Puts a view on top of the person's stack; undefined when three are open already. */
export function pushView(world: World, userId: string, content: Json): View | undefined {
  const stack = world.workspace.stack(userId);
  if (stack.length >= LIMITS.view.stack) return undefined;
  const view = createView(world, userId, content, stack.at(-1));
  stack.push(view);
  world.workspace.changed();
  return view;
}
