import type { Snapshot } from '../ports/store.ts';
import type { Names as HeadingNames } from '../widgets/heading.ts';
import type { Core } from './core.ts';
import { moduleName } from './known-module.ts';
import { readCatalogue } from './read-catalogue.ts';

/** Names for ids; an id that is gone is shown as itself. */
export interface Names {
  organization(id: string): string;
  module(id: string | null): string;
  contract(id: string): string;
  service(contractServiceId: string): string;
  billingType(module: string | null, name: string | null): string;
}

export const NO_MODULE = 'No module';

export const readNames = async (core: Core): Promise<Names> => namesIn(await core.store.snapshot());

export async function namesIn(snapshot: Snapshot): Promise<Names> {
  const [catalogue, organizations, contracts, services] = await Promise.all([
    readCatalogue(snapshot),
    snapshot.list('organizations'),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
  ]);
  const byId = (records: readonly { id: string; name: string }[]) =>
    new Map(records.map(({ id, name }) => [id, name]));
  const organizationNames = byId(organizations);
  const contractNames = byId(contracts);
  const serviceNames = new Map<string, string>(services.map(({ id, service }) => [id, service]));
  return {
    organization: (id) => organizationNames.get(id) ?? id,
    module: (id) => (id === null ? NO_MODULE : moduleName(catalogue, id)),
    contract: (id) => contractNames.get(id) ?? id,
    service: (id) => serviceNames.get(id) ?? id,
    billingType: (module, name) =>
      (module && name && catalogue.billingType(module, name)?.label) || (name ?? '–'),
  };
}

/** The names that charts and groups are labelled with. */
export async function headingNames(snapshot: Snapshot): Promise<HeadingNames> {
  const organizations = await snapshot.list('organizations');
  const { modules } = await readCatalogue(snapshot);
  const types = modules.flatMap((module) => module.billingTypes);
  return {
    module: new Map(modules.map(({ id, name }) => [id, name])),
    organization: new Map(organizations.map(({ id, name }) => [id, name])),
    billingType: new Map(types.map(({ name, label }) => [name, label])),
  };
}
