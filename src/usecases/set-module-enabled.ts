import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module, ModuleState } from '../domain/module.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { howToConnect, isConnected, listModules, type ModuleView } from './list-modules.ts';

/**
 * Switches a module on or off. Off keeps mappings and history and freezes counts. Twice the same changes nothing.
 * Errors: `unknown-module`, `not-connected`, `psa-sandbox`.
 */
export async function setModuleEnabled(
  core: Core,
  { module: text, by, enabled }: { readonly module: string; readonly by: Actor; readonly enabled: boolean },
): Promise<ModuleView> {
  const module = await knownModule(core, text);
  if (enabled) await refuseSandbox(core);
  await commit(core, by, async (snapshot) => {
    const before = await snapshot.get('moduleStates', module.id);
    if (enabled && !isConnected(core, before, module)) throw notConnected(module);
    if ((before?.enabled ?? false) === enabled) return { changes: {}, result: undefined };
    const changedAt = isoInstant(core.clock.now());
    const after: ModuleState = { ...before, id: module.id, enabled, changedAt, changedBy: by };
    const verb = enabled ? 'enabled' : 'disabled';
    return {
      changes: { put: { moduleStates: [after] } },
      audit: {
        action: `${enabled ? 'enable' : 'disable'}-module`,
        subject: module.id,
        text: `${module.name} ${verb}`,
        before,
        after,
      },
      result: undefined,
    };
  });
  const view = (await listModules(core)).find((each) => each.id === module.id);
  if (!view) throw new IcbError('unknown-module', `There is no module "${text}".`);
  return view;
}

async function refuseSandbox(core: Core): Promise<void> {
  if ((await core.psa.check()).sandbox)
    throw new IcbError('psa-sandbox', 'The PSA is a sandbox; integrated billing works on a live PSA only.');
}

const notConnected = (module: Module): IcbError =>
  new IcbError('not-connected', `${module.name} is not connected. ${howToConnect(module)}`);
