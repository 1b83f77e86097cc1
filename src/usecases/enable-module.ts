import type { Actor } from '../domain/actor.ts';
import type { Core } from './core.ts';
import type { ModuleView } from './list-modules.ts';
import { setModuleEnabled } from './set-module-enabled.ts';

/** Switches a module on. Errors: `unknown-module`, `not-connected`, `psa-sandbox`. */
export const enableModule = (
  core: Core,
  input: { readonly module: string; readonly by: Actor },
): Promise<ModuleView> => setModuleEnabled(core, { ...input, enabled: true });
