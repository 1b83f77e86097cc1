import type { IsoInstant } from '../domain/calendar.ts';
import type { ModuleId } from '../domain/ids.ts';
import type { BillingType, Module, ModuleState } from '../domain/module.ts';
import type { Core } from './core.ts';
import { readCatalogue } from './read-catalogue.ts';

export interface ModuleView {
  readonly id: ModuleId;
  readonly name: string;
  readonly enabled: boolean;
  /** icb can count it: its API is set up, or usage has been sent to icb. */
  readonly connected: boolean;
  /** How to connect it, in words. */
  readonly howToConnect: string;
  /** People added it to the catalogue. */
  readonly added: boolean;
  /** When it was last tried to be counted. */
  readonly lastSync?: IsoInstant;
  readonly lastCountedAt?: IsoInstant;
  /** Why the last sync of it failed. */
  readonly problem?: string;
  readonly billingTypes: readonly BillingType[];
  readonly organizations: { readonly total: number; readonly unmapped: number };
}

/** Every module of the catalogue with its state: connected ones first, then by name. */
export async function listModules(core: Core): Promise<ModuleView[]> {
  const snapshot = await core.store.snapshot();
  const states = new Map((await snapshot.list('moduleStates')).map((state) => [state.id, state]));
  const decided = new Set((await snapshot.list('organizationMappings')).map((mapping) => mapping.id));
  const byModule = Map.groupBy(await snapshot.list('moduleOrganizations'), (each) => each.module);
  const { modules } = await readCatalogue(snapshot);
  const views = modules.map((module) => {
    const organizations = byModule.get(module.id) ?? [];
    const unmapped = organizations.filter((each) => !decided.has(each.id)).length;
    return viewOf(module, states.get(module.id), isConnected(core, states.get(module.id), module), {
      total: organizations.length,
      unmapped,
    });
  });
  return views.sort((a, b) => Number(b.connected) - Number(a.connected));
}

/** A module without an API of ours is connected once usage has been sent for it. */
export const isConnected = (
  core: Core,
  state: ModuleState | undefined,
  module: Pick<Module, 'id'>,
): boolean =>
  core.sources.has(module.id) || (state?.lastCountedAt !== undefined && state.countedBy !== 'api');

/** A sentence: which settings it takes, or where to send its usage. */
export function howToConnect({ name, settings }: Pick<Module, 'name' | 'settings'>): string {
  if (settings.length === 0)
    return `icb knows no API of ${name}: bring its usage as a CSV file, on the dashboard’s Usage page or here in Slack, or send it to POST /api/usage.`;
  const all = `${settings.slice(0, -1).join(', ')} and ${settings.at(-1)}`;
  return `Set ${all}, then restart icb.`;
}

function viewOf(
  module: Module,
  state: ModuleState | undefined,
  connected: boolean,
  organizations: ModuleView['organizations'],
): ModuleView {
  const { lastSync, lastCountedAt } = state ?? {};
  return {
    id: module.id,
    name: module.name,
    enabled: state?.enabled ?? false,
    connected,
    howToConnect: howToConnect(module),
    added: 'addedAt' in module,
    ...(lastSync ? { lastSync: lastSync.at } : {}),
    ...(lastCountedAt ? { lastCountedAt } : {}),
    ...(lastSync?.problem ? { problem: lastSync.problem } : {}),
    billingTypes: module.billingTypes,
    organizations,
  };
}
