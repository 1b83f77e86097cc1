import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes, type ServiceMappingDecision } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type BotWorld, contractOf, DAILY_MAIL, startBotWorld, type WorldOptions } from './bot-world.ts';

export const CLI = { kind: 'cli', name: 'test' } as const;

/** Datto RMM is enabled and counted, and Daily Mail is mapped to it. */
export async function mappedWorld(options: WorldOptions = {}): Promise<BotWorld> {
  const world = await startBotWorld(options);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  return world;
}

/** Daily Mail with a second contract, which holds Printer Care. */
export const TWO_CONTRACTS = {
  ...DAILY_MAIL,
  contracts: [contractOf('100', '10'), { ...contractOf('102', '10'), name: 'Second contract' }],
  contractServices: [
    ...DAILY_MAIL.contractServices,
    { id: '2000', contractId: '102', service: 'Printer Care', unitPrice: '3', currency: 'USD' },
  ],
};

/** Many contracts of Daily Mail, each with the service “Everything”. */
export function manyContracts(count: number) {
  const contracts = Array.from({ length: count }, (_, n) => ({
    ...contractOf(`c${n}`, '10'),
    name: `Contract ${n}`,
  }));
  const everything = { service: 'Everything', unitPrice: '1', currency: 'USD' };
  return {
    ...DAILY_MAIL,
    contracts,
    contractServices: contracts.map(({ id }) => ({ id: `${id}-s`, contractId: id, ...everything })),
  };
}

/** Somebody else saves a mapping of Datto RMM. */
export const mapService = (
  world: BotWorld,
  decision: Omit<Extract<ServiceMappingDecision, { contractServiceId: unknown }>, 'module'>,
) => mapBillingTypes(world.core, { by: CLI, mappings: [{ module: 'datto-rmm', ...decision }] });

/** What is saved, a line each: contract, billing type, service, unit rule. */
export async function savedMappings(world: BotWorld): Promise<string[]> {
  const mappings = await (await world.core.store.snapshot()).list('serviceMappings');
  return mappings
    .map((each) => {
      const what = each.status === 'mapped' ? `${each.contractServiceId} ${each.unitRule}` : 'ignored';
      return `${each.contractId} ${each.billingType} ${what}`;
    })
    .sort();
}
