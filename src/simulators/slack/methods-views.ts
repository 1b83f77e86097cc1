import { isJson, type Json } from './block-kit/walk-blocks.ts';
import type { Method } from './methods.ts';
import { createView, pushView, refusalOf, rewriteView } from './open-views.ts';
import { viewPayload } from './payloads.ts';
import type { View } from './workspace.ts';

/*
 * Views are kept here and not by `emulate`: its views know no closing, no response_action and no
 * state, and its triggers run on the machine's clock.
 */

const shown = (view: View): Json => ({ ok: true, view: viewPayload(view) });

const openView: Method = async (world, args) => {
  const refused = refusalOf(world, args.view, 'modal');
  if (refused) return refused;
  const trigger = world.triggers.exchange(args.trigger_id ?? args.interactivity_pointer);
  if (!trigger.ok) return trigger;
  // One stack of modals per person and app: a new one takes the old one's place.
  world.workspace.stacks.set(trigger.userId, []);
  const view = createView(world, trigger.userId, args.view as Json);
  world.workspace.stack(trigger.userId).push(view);
  world.workspace.changed();
  return shown(view);
};

const pushOntoStack: Method = async (world, args) => {
  const refused = refusalOf(world, args.view, 'modal');
  if (refused) return refused;
  const trigger = world.triggers.exchange(args.trigger_id ?? args.interactivity_pointer);
  if (!trigger.ok) return trigger;
  const isFromModal = world.workspace.stack(trigger.userId).some((view) => view.body.id === trigger.viewId);
  if (!isFromModal) return { ok: false, error: 'not_found' };
  const view = pushView(world, trigger.userId, args.view as Json);
  return view ? shown(view) : { ok: false, error: 'push_limit_reached' };
};

const updateView: Method = async (world, args) => {
  const view = world.workspace.view({ id: args.view_id, externalId: args.external_id });
  if (!view) return { ok: false, error: 'not_found' };
  const refused = refusalOf(world, args.view, view.body.type === 'home' ? 'home' : 'modal', view);
  if (refused) return refused;
  if (args.hash && args.hash !== view.body.hash) return { ok: false, error: 'hash_conflict' };
  rewriteView(world, view, args.view as Json);
  return shown(view);
};

const publishHome: Method = async (world, args) => {
  const { workspace } = world;
  const userId = String(args.user_id);
  if (!workspace.people.some((person) => person.id === userId)) return { ok: false, error: 'user_not_found' };
  const current = workspace.homes.get(userId);
  const refused = refusalOf(world, args.view, 'home', current);
  if (refused) return refused;
  if (current && args.hash && args.hash !== current.body.hash) return { ok: false, error: 'hash_conflict' };
  if (!isJson(args.view)) return { ok: false, error: 'invalid_arguments' };
  if (current) {
    rewriteView(world, current, args.view);
    return shown(current);
  }
  const view = createView(world, userId, args.view);
  workspace.homes.set(userId, view);
  workspace.changed();
  return shown(view);
};

export const VIEW_METHODS: Readonly<Record<string, Method>> = {
  'views.open': openView,
  'views.push': pushOntoStack,
  'views.update': updateView,
  'views.publish': publishHome,
};
