import type { Actor } from '../domain/actor.ts';
import type { Core } from './core.ts';
import type { ModuleView } from './list-modules.ts';
import { setModuleEnabled } from './set-module-enabled.ts';

/** Switches a module off: mappings and history stay, counts freeze. Error: `unknown-module`. */
export const disableModule = (
  core: Core,
  input: { readonly module: string; readonly by: Actor },
): Promise<ModuleView> => setModuleEnabled(core, { ...input, enabled: false });
