import { excludedOn } from '../billing/exclusions.ts';
import { lineUnits, type Sharer, sharingOn } from '../billing/line-units.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { ContractService } from '../domain/contract.ts';
import type { BillingTypeName, ModuleId } from '../domain/ids.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { OrganizationMapping } from '../domain/organization-mapping.ts';
import { type MappedService, serviceMappingId } from '../domain/service-mapping.ts';
import { type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { sumCounts } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';

/** The billing type that feeds an item; undefined for units the PSA held before any module was mapped. */
export interface Feed {
  /** Also the id of the plan line. */
  readonly mappingId: string;
  readonly module: ModuleId;
  readonly billingType: BillingTypeName;
  /** Undefined while the billing type is not mapped any more. */
  readonly mapping?: MappedService;
  readonly decisions?: LineDecisions;
  readonly sharing: readonly Sharer[];
  readonly mapped: readonly {
    readonly mapping: Extract<OrganizationMapping, { status: 'mapped' }>;
    readonly own: ModuleOrganization;
  }[];
}

/** What the store holds about the line an item belongs to. */
export interface ExplainedLine {
  readonly item: BillingItem;
  readonly ledger?: UnitLedger;
  readonly service?: ContractService;
  readonly feed?: Feed;
}

export async function explainedLine(snapshot: Snapshot, item: BillingItem): Promise<ExplainedLine> {
  const [ledger, service, feed] = await Promise.all([
    snapshot.get(
      'unitLedgers',
      unitLedgerId(item.contractId, item.contractServiceId, item.module, item.billingType),
    ),
    snapshot.get('contractServices', item.contractServiceId),
    feedOf(snapshot, item),
  ]);
  return { item, ...(ledger && { ledger }), ...(service && { service }), ...(feed && { feed }) };
}

async function feedOf(snapshot: Snapshot, item: BillingItem): Promise<Feed | undefined> {
  const { module, billingType, organizationId, contractId } = item;
  if (module === null || billingType === null) return undefined;
  const mappingId = serviceMappingId(contractId, module, billingType);
  const [mapping, decisions, sharing, mapped] = await Promise.all([
    snapshot.get('serviceMappings', mappingId),
    snapshot.get('lineDecisions', mappingId),
    sharingWith(snapshot, item),
    mappedTo(snapshot, module, organizationId),
  ]);
  return {
    mappingId,
    module,
    billingType,
    ...(mapping?.status === 'mapped' && { mapping }),
    ...(decisions && { decisions }),
    sharing,
    mapped,
  };
}

async function mappedTo(snapshot: Snapshot, module: ModuleId, organizationId: string) {
  const byId = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  return (await snapshot.list('organizationMappings')).flatMap((mapping) => {
    const own = byId.get(mapping.id);
    if (mapping.status !== 'mapped' || mapping.module !== module || !own) return [];
    return mapping.organizationId === organizationId ? [{ mapping, own }] : [];
  });
}

/** The mappings of the same billing type on the organization's contracts, when they share its count. */
async function sharingWith(snapshot: Snapshot, item: BillingItem): Promise<Sharer[]> {
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  return (await snapshot.list('serviceMappings')).flatMap((mapping) => {
    const contract = contracts.get(mapping.contractId);
    const shares =
      mapping.status === 'mapped' &&
      mapping.share !== undefined &&
      mapping.module === item.module &&
      mapping.billingType === item.billingType &&
      contract?.organizationId === item.organizationId;
    return shares ? [{ mapping, contract }] : [];
  });
}

/** What a day's report says of a line, under the mappings of today. */
export interface LineDay {
  readonly quantity: number;
  readonly excluded: 'all' | number;
  /** Null where a person took the whole count out. */
  readonly units: number | null;
}

/** Undefined: the count is not known. */
export function lineDay(feed: Feed, report: UsageReport, day: IsoDate): LineDay | undefined {
  const externalIds = feed.mapped.map(({ own }) => own.externalId);
  const quantity = sumCounts(report, externalIds, feed.billingType);
  if (quantity === undefined) return undefined;
  const excluded = excludedOn(feed.decisions?.exclusions ?? [], day);
  if (excluded.all) return { quantity, excluded: 'all', units: null };
  const less = Math.min(excluded.units, quantity);
  const left = quantity - less;
  return {
    quantity,
    excluded: less,
    units: feed.mapping ? lineUnits(left, feed.mapping, sharingOn(day, feed.sharing)) : left,
  };
}
