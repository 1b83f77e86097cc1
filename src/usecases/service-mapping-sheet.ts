import type { Catalogue } from '../catalog/catalogue.ts';
import { type Contract, type ContractService, notBillableOn } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import type { BillingType, Module } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { type UnitLedger, unitsOn } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { sumCounts } from '../domain/usage-count.ts';
import {
  type ConfirmedService,
  type ServiceSuggestion,
  suggestService,
} from '../matching/suggest-services.ts';
import type { Core } from './core.ts';
import { overlapWarnings } from './overlap-warnings.ts';
import { readCatalogue } from './read-catalogue.ts';

export interface ServiceMappingSheet {
  readonly catalogue: Catalogue;
  readonly organization: Organization;
  readonly mappedModuleOrganizations: number;
  readonly contracts: readonly ContractSheet[];
  /** Why there is nothing to map at all, and what to do. */
  readonly because?: string;
}

export interface ContractSheet {
  readonly contract: Contract;
  readonly billable: boolean;
  /** The condition that fails. */
  readonly because?: string;
  readonly services: readonly ServiceRow[];
  readonly sections: readonly ModuleSection[];
  /** Billing types mapped today that would bill a device twice. */
  readonly warnings: readonly string[];
}

export interface ServiceRow {
  readonly id: string;
  readonly name: string;
  readonly unitPrice: string;
  readonly currency: string;
  /** Units in force today. */
  readonly units: number;
  readonly fedByIcb: boolean;
}

export interface ModuleSection {
  readonly module: { readonly id: string; readonly name: string };
  readonly rows: readonly BillingTypeRow[];
}

export interface BillingTypeRow {
  readonly billingType: BillingType;
  /** The last known count over the mapped module organizations. */
  readonly count?: number;
  readonly mapping?: ServiceMapping;
  readonly suggestion?: ServiceSuggestion;
}

/** What can be mapped on an organization's contracts: a section per mapped module, a row per billing type. */
export async function serviceMappingSheet(core: Core, organizationId: string): Promise<ServiceMappingSheet> {
  const snapshot = await core.store.snapshot();
  const organization = await snapshot.get('organizations', organizationId);
  if (!organization)
    throw new IcbError('unknown-organization', `There is no organization "${organizationId}".`);
  const mappedIds = new Set(
    (await snapshot.list('organizationMappings'))
      .filter((mapping) => mapping.status === 'mapped' && mapping.organizationId === organization.id)
      .map((mapping) => mapping.id),
  );
  const catalogue = await readCatalogue(snapshot);
  const mapped = (await snapshot.list('moduleOrganizations')).filter((each) => mappedIds.has(each.id));
  const enabled = new Set(
    (await snapshot.list('moduleStates')).flatMap((state) => (state.enabled ? state.id : [])),
  );
  const sources = [...Map.groupBy(mapped, (each) => each.module)].flatMap(([id, own]) => {
    const module = catalogue.find(id);
    return module && enabled.has(id) ? [{ module, own }] : [];
  });
  const reports = await latestReports(core);
  const today = core.clock.today();
  const services = await snapshot.list('contractServices');
  const mappings = await snapshot.list('serviceMappings');
  const confirmed = confirmedServices(mappings, services);
  const ledgers = Map.groupBy(await snapshot.list('unitLedgers'), (ledger) => ledger.contractServiceId);
  const contracts = (await snapshot.list('contracts'))
    .filter((contract) => contract.organizationId === organization.id)
    .map((contract): ContractSheet => {
      const own = services.filter((service) => service.contractId === contract.id);
      const ownMappings = mappings.filter((mapping) => mapping.contractId === contract.id);
      const because = notBillableOn(contract, own.length, today);
      return {
        contract,
        billable: because === undefined,
        ...(because ? { because } : {}),
        services: own.map((service) =>
          serviceRow(service, ledgers.get(service.id) ?? [], ownMappings, today),
        ),
        sections: because
          ? []
          : sources.map((source) =>
              section(source, own, ownMappings, confirmed(contract.id), reports.get(source.module.id)),
            ),
        warnings: overlapWarnings(catalogue, ownMappings),
      };
    });
  const because = nothingBecause(organization, mapped.length, sources.length, contracts);
  return {
    catalogue,
    organization,
    mappedModuleOrganizations: mapped.length,
    contracts,
    ...(because ? { because } : {}),
  };
}

/** What people chose on the contracts other than the given one. */
function confirmedServices(mappings: readonly ServiceMapping[], services: readonly ContractService[]) {
  const names = new Map<string, string>(services.map(({ id, service }) => [id, service]));
  const chosen = mappings.flatMap((mapping) => {
    const service = mapping.status === 'mapped' ? names.get(mapping.contractServiceId) : undefined;
    const { contractId, module, billingType } = mapping;
    return service === undefined ? [] : [{ contractId, module, billingType, service }];
  });
  return (contractId: string): ConfirmedService[] => chosen.filter((each) => each.contractId !== contractId);
}

function nothingBecause(
  organization: Organization,
  mapped: number,
  enabledSources: number,
  contracts: readonly ContractSheet[],
): string | undefined {
  const unmappable = unmappableBecause(organization);
  if (unmappable) return `${organization.name} cannot be billed: ${unmappable}.`;
  if (mapped === 0)
    return `${organization.name} is not mapped to any module organization yet. Map it first with /icb map.`;
  if (enabledSources === 0)
    return `The modules mapped to ${organization.name} are not enabled. Switch them on with /icb enable.`;
  if (contracts.length === 0)
    return `${organization.name} has no contract in the PSA. Add a monthly recurring service contract there.`;
  if (contracts.every((sheet) => !sheet.billable))
    return `No contract of ${organization.name} can be billed: ${contracts.map((sheet) => `"${sheet.contract.name}": ${sheet.because}`).join('; ')}.`;
  return undefined;
}

async function latestReports(core: Core): Promise<Map<string, UsageReport>> {
  const snapshot = await core.store.snapshot();
  const latest = new Map<string, UsageReport>();
  for (const month of (await snapshot.partitions('usageReports')).slice(-2)) {
    for (const report of await snapshot.list('usageReports', { from: month, to: month })) {
      const so = latest.get(report.module);
      if (!so || so.date < report.date) latest.set(report.module, report);
    }
  }
  return latest;
}

function serviceRow(
  service: ContractService,
  ledgers: readonly UnitLedger[],
  mappings: readonly ServiceMapping[],
  today: Parameters<typeof unitsOn>[1],
): ServiceRow {
  const counted = ledgers.reduce((sum, ledger) => sum + unitsOn(ledger.changes, today), 0);
  return {
    id: service.id,
    name: service.service,
    unitPrice: service.unitPrice,
    currency: service.currency,
    units: ledgers.length > 0 ? counted : service.units,
    fedByIcb: mappings.some(
      (mapping) => mapping.status === 'mapped' && mapping.contractServiceId === service.id,
    ),
  };
}

function section(
  { module, own }: { readonly module: Module; readonly own: readonly ModuleOrganization[] },
  services: readonly ContractService[],
  mappings: readonly ServiceMapping[],
  confirmed: readonly ConfirmedService[],
  report: UsageReport | undefined,
): ModuleSection {
  const externalIds = own.map((each) => each.externalId);
  const rows = module.billingTypes.map((billingType): BillingTypeRow => {
    const count = report && sumCounts(report, externalIds, billingType.name);
    const mapping = mappings.find(
      (each) => each.module === module.id && each.billingType === billingType.name,
    );
    const suggestion = mapping ? undefined : suggestService({ module, billingType, services, confirmed });
    return {
      billingType,
      ...(count === undefined ? {} : { count }),
      ...(mapping ? { mapping } : {}),
      ...(suggestion ? { suggestion } : {}),
    };
  });
  return { module: { id: module.id, name: module.name }, rows };
}
