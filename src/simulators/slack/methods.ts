import type { Json } from './block-kit/walk-blocks.ts';
import { CHAT_METHODS } from './methods-chat.ts';
import { DIRECTORY_METHODS } from './methods-directory.ts';
import { VIEW_METHODS } from './methods-views.ts';
import type { World } from './world.ts';

/** A Web API method: parsed arguments in, Slack's answer `{ok, …}` out. */
export type Method = (world: World, args: Json) => Promise<Json>;

const OWN: Readonly<Record<string, Method>> = { ...CHAT_METHODS, ...VIEW_METHODS, ...DIRECTORY_METHODS };

/** Answers a method ourselves where we know better, and lets the emulated Web API answer the rest. */
export const callMethod = (world: World, name: string, args: Json): Promise<Json> =>
  OWN[name]?.(world, args) ?? world.emulated.call(name, args);
