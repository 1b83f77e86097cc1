import { z } from 'zod';
import { isJson, type Json, list } from './block-kit/walk-blocks.ts';
import { TROUBLE } from './click.ts';
import type { AppAnswer } from './deliveries.ts';
import { pushView, refusalOf, rewriteView } from './open-views.ts';
import { viewClosedPayload, viewSubmissionPayload } from './payloads.ts';
import { enterValues, findPlace, type Values } from './places.ts';
import { inputErrors } from './required-inputs.ts';
import type { View } from './workspace.ts';
import type { World } from './world.ts';

const responseAction = z.discriminatedUnion('response_action', [
  z.looseObject({ response_action: z.literal('clear') }),
  z.looseObject({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string().min(1)) }),
  z.looseObject({ response_action: z.literal('update'), view: z.record(z.string(), z.unknown()) }),
  z.looseObject({ response_action: z.literal('push'), view: z.record(z.string(), z.unknown()) }),
]);

export interface Submission {
  /** Undefined when the client itself held the submission back. */
  readonly answer: AppAnswer | undefined;
  readonly errors: Readonly<Record<string, string>>;
}

/** A person presses submit on their top view. */
export async function submitView(
  world: World,
  userId: string,
  { viewId, values = {} }: { viewId?: string | undefined; values?: Values | undefined },
): Promise<Submission> {
  const { workspace, triggers, deliveries } = world;
  const view = topView(world, userId, viewId);
  enterValues(world, userId, { kind: 'view', view }, values);
  view.banner = undefined;
  view.errors = inputErrors(view.body.blocks, view.inputs);
  workspace.changed();
  if (Object.keys(view.errors).length > 0) return { answer: undefined, errors: view.errors };
  const trigger = triggers.issue(userId, String(view.body.id));
  const payload = viewSubmissionPayload(workspace, workspace.person(userId), view, trigger);
  const answer = await deliveries.send('interactive', payload);
  if (answer.ok) obey(world, userId, view, answer.body);
  else view.banner = TROUBLE;
  workspace.changed();
  return { answer, errors: view.errors };
}

function topView(world: World, userId: string, viewId?: string): View {
  const stack = world.workspace.stack(userId);
  const view = stack.at(-1);
  if (!view) throw new Error(`${userId} has no modal open.`);
  if (viewId && findPlace(world, userId, { viewId }).kind === 'view' && view.body.id !== viewId)
    throw new Error(`View ${viewId} is not on top of the stack.`);
  return view;
}

/** Carries out the app's response_action; anything Slack cannot use shows trouble instead. */
function obey(world: World, userId: string, view: View, body: unknown): void {
  const { workspace } = world;
  if (body === undefined || body === '') {
    const others = workspace.stack(userId).filter((one) => one !== view);
    workspace.stacks.set(userId, others);
    return;
  }
  const action = responseAction.safeParse(body);
  if (!action.success || !isDone(world, userId, view, action.data)) view.banner = TROUBLE;
}

function isDone(world: World, userId: string, view: View, action: z.infer<typeof responseAction>): boolean {
  switch (action.response_action) {
    case 'clear':
      world.workspace.stacks.set(userId, []);
      return true;
    case 'errors':
      if (!areUnderInputs(view, action.errors)) return false;
      view.errors = action.errors;
      return true;
    case 'update':
      if (refusalOf(world, action.view, 'modal', view)) return false;
      rewriteView(world, view, action.view);
      return true;
    case 'push':
      return !refusalOf(world, action.view, 'modal') && pushView(world, userId, action.view) !== undefined;
  }
}

/** Errors stand under input blocks only. */
function areUnderInputs(view: View, errors: Readonly<Record<string, string>>): boolean {
  const inputs = list(view.body.blocks)
    .filter((block) => block.type === 'input')
    .map((block) => block.block_id);
  const named = Object.keys(errors);
  return named.length > 0 && named.every((id) => inputs.includes(id));
}

/**
 * A person closes their top view, or with `all` the whole stack. `clear_on_close` makes every
 * close one of the whole stack. Apps hear of it only where they asked for `notify_on_close`.
 */
export async function closeView(world: World, userId: string, all = false): Promise<AppAnswer[]> {
  const { workspace, deliveries } = world;
  const stack = workspace.stack(userId);
  const top = stack.at(-1);
  if (!top) return [];
  const isCleared = all || top.body.clear_on_close === true;
  const closed = isCleared ? [...stack].reverse() : [top];
  workspace.stacks.set(userId, isCleared ? [] : stack.slice(0, -1));
  workspace.changed();
  const payloads: Json[] = closed
    .filter((view) => isJson(view.body) && view.body.notify_on_close === true)
    .map((view) => viewClosedPayload(workspace, workspace.person(userId), view, isCleared));
  const answers: AppAnswer[] = [];
  for (const payload of payloads) answers.push(await deliveries.send('interactive', payload));
  return answers;
}
