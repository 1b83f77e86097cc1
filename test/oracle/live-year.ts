import { API_TOKEN, SYSTEM } from '../../src/domain/actor.ts';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { serviceMappingId } from '../../src/domain/service-mapping.ts';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { setHoldLimits } from '../../src/usecases/hold-limits.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import {
  type Book,
  type BookModuleOrganization,
  type BookService,
  type ItemFacts,
  type LineKey,
  lineName,
  type Step,
} from './event-log.ts';
import type { YearCore } from './year-core.ts';

const by = API_TOKEN;

const moduleOrganizationId = ({ module, externalId }: BookModuleOrganization): string =>
  `${module}:${externalId}`;

const serviceRow = ({ units, ...service }: BookService) => ({
  ...service,
  service: `Service ${service.id}`,
  currency: 'USD',
  ...(units > 0 ? { units } : {}),
});

/** The book as the PSA's first import. Services come by their own steps, since the day they are read counts. */
export async function openBook({ core }: YearCore, { organizations, contracts }: Book): Promise<void> {
  await importBook(core, {
    by,
    book: {
      organizations: organizations.map((id) => ({
        id,
        name: `Customer ${id}`,
        type: 'customer',
        active: true,
      })),
      contracts: contracts.map((contract) => ({
        ...contract,
        name: `Contract ${contract.id}`,
        type: 'recurring-service',
        periodType: 'monthly',
        status: 'active',
      })),
    },
  });
}

/** One step of the log, through the real use cases. */
export async function live(year: YearCore, step: Step): Promise<void> {
  const { core } = year;
  year.moveTo(step.date);
  switch (step.kind) {
    case 'sync': {
      year.answer(step.answers);
      const { finished } = await startSync(core, { trigger: 'night', by: SYSTEM });
      const run = await finished;
      if (run.problem) throw new Error(run.problem);
      return;
    }
    case 'map-organization':
    case 'unmap-organization':
    case 'ignore-organization': {
      const id = moduleOrganizationId(step.of);
      const decision =
        step.kind === 'map-organization'
          ? { organizationId: step.to }
          : step.kind === 'unmap-organization'
            ? { unmap: true as const }
            : { ignore: 'test tenant' };
      await confirmMappings(core, { by, mappings: [{ moduleOrganizationId: id, ...decision } as never] });
      return;
    }
    case 'map-services':
      await mapBillingTypes(core, { by, mappings: step.decisions as never });
      return;
    case 'ignore-service':
      await mapBillingTypes(core, { by, mappings: [{ ...step.line, ignore: true } as never] });
      return;
    case 'enable-module':
      await enableModule(core, { by, module: step.module });
      return;
    case 'disable-module':
      await disableModule(core, { by, module: step.module });
      return;
    case 'import-services':
      await importBook(core, { by, book: { contractServices: step.services.map(serviceRow) } });
      return;
    case 'post':
      await approveAndPost(core, { by, filter: {} as never });
      return;
    case 'release':
      await releaseLine(core, { by, id: lineId(step.line) });
      return;
    case 'exclude': {
      const units = step.units === undefined ? {} : { units: step.units };
      const exclusion = { reason: 'a test', until: step.until, ...units };
      await excludeLine(core, { by, id: lineId(step.line), exclusion });
    }
  }
}

const lineId = ({ contractId, module, billingType }: LineKey): string =>
  serviceMappingId(contractId, module, billingType);

/** Limits that nothing exceeds, and zero let through. */
export async function switchHoldsOff({ core }: YearCore): Promise<void> {
  await setHoldLimits(core, { by, limits: { zero: false, jumpPercent: 1000, jumpUnits: 1_000_000 } });
}

/** Lines that wait for a person, by name, with the first day that waits. */
export async function liveHeld({ core }: YearCore): Promise<string[]> {
  const { lines } = await previewSync(core);
  return lines
    .filter((line) => line.action === 'held')
    .map((line) => `${lineName(line)} since ${line.heldSince}`)
    .sort();
}

/** All billing items as the oracle writes them. */
export async function liveItems({ core }: YearCore): Promise<ItemFacts[]> {
  const items = await (await core.store.snapshot()).list('billingItems');
  return items.map(factsOf);
}

const factsOf = (item: BillingItem): ItemFacts => ({
  contractServiceId: item.contractServiceId,
  module: item.module,
  billingType: item.billingType,
  period: item.period.start,
  itemDate: item.itemDate,
  kind: item.kind,
  status: item.status,
  units: item.units,
  amount: fourDecimals(item.amount),
  corrects: item.corrects !== undefined,
});

const fourDecimals = (amount: string): string => {
  const [whole, decimals = ''] = amount.split('.');
  return `${whole}.${decimals.padEnd(4, '0')}`;
};
