import { z } from 'zod';
import { billingTypeOf } from '../catalog/modules.ts';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { type Contract, type ContractService, notBillableBecause } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import { BillingTypeName, ContractId, ContractServiceId, ModuleId } from '../domain/ids.ts';
import { unmappableBecause } from '../domain/organization.ts';
import { DropRule, type ServiceMapping, serviceMappingId, UnitRule } from '../domain/service-mapping.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { overlapWarnings } from './overlap-warnings.ts';
import { refuseConflicts } from './service-mapping-conflicts.ts';

const subject = { contractId: ContractId, module: ModuleId, billingType: BillingTypeName };

export const ServiceMappingDecision = z.union([
  z.strictObject({
    ...subject,
    contractServiceId: ContractServiceId,
    unitRule: UnitRule.optional(),
    dropRule: DropRule.optional(),
    minimum: z.number().int().nonnegative().optional(),
    share: z.number().min(0).max(100).optional(),
    from: z.enum(['period-start', 'today']).optional(),
  }),
  z.strictObject({ ...subject, ignore: z.literal(true) }),
]);
export type ServiceMappingDecision = z.input<typeof ServiceMappingDecision>;
type Decision = z.output<typeof ServiceMappingDecision>;

/**
 * Saves which billing type feeds which contract service, or is ignored; all or none. `from` left out means `today`.
 * A mapping that keeps its service keeps the day it began. Errors: `unknown-module`, `unknown-contract`, `not-found`,
 * `contract-not-billable`, `not-mappable`, `double-mapping`, `share-mismatch`.
 * @returns a sentence for each change, and warnings of billing types that overlap
 */
export async function mapBillingTypes(
  core: Core,
  { by, mappings }: { readonly by: Actor; readonly mappings: readonly ServiceMappingDecision[] },
): Promise<{
  readonly changed: number;
  readonly warnings: readonly string[];
  readonly lines: readonly string[];
}> {
  const decisions = z.array(ServiceMappingDecision).parse(mappings);
  return commit(core, by, async (snapshot) => {
    const context = await readContext(snapshot);
    const before = new Map((await snapshot.list('serviceMappings')).map((mapping) => [mapping.id, mapping]));
    const after = new Map(before);
    const put: ServiceMapping[] = [];
    const lines: string[] = [];
    for (const decision of decisions) {
      const { contract, label } = await checked(context, decision, snapshot);
      const id = serviceMappingId(contract.id, decision.module, decision.billingType);
      const mapping = decide(core, by, decision, id, before.get(id));
      if (sameDecision(before.get(id), mapping)) continue;
      after.set(id, mapping);
      put.push(mapping);
      lines.push(`${label} → ${serviceName(context, mapping)}`);
    }
    refuseConflicts([...after.values()], put, context.contracts);
    const touched = new Set(decisions.map((decision) => decision.contractId));
    const warnings = [...touched].flatMap((id) =>
      overlapWarnings([...after.values()].filter((each) => each.contractId === id)),
    );
    return {
      changes: put.length > 0 ? { put: { serviceMappings: put } } : {},
      ...(put.length > 0
        ? {
            audit: {
              action: 'map-billing-types',
              subject: put[0]?.contractId,
              text:
                lines.length === 1
                  ? (lines[0] ?? '')
                  : `${lines.length} service mappings changed: ${lines.join('; ')}`,
              before: put.map((mapping) => before.get(mapping.id) ?? null),
              after: put,
            },
          }
        : {}),
      result: { changed: put.length, warnings, lines },
    };
  });
}

async function readContext(snapshot: Snapshot) {
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    new Map<string, T>(records.map((r) => [r.id, r]));
  return {
    contracts: byId<Contract>(await snapshot.list('contracts')),
    services: byId<ContractService>(await snapshot.list('contractServices')),
  };
}
type Context = Awaited<ReturnType<typeof readContext>>;

async function checked(context: Context, decision: Decision, snapshot: Snapshot) {
  const module = knownModule(decision.module);
  const type = billingTypeOf(module.id, decision.billingType);
  if (!type)
    throw new IcbError(
      'not-found',
      `${module.name} has no billing type "${decision.billingType}". It has: ${module.billingTypes.map((each) => each.name).join(', ')}.`,
    );
  const contract = context.contracts.get(decision.contractId);
  if (!contract)
    throw new IcbError('unknown-contract', `There is no contract "${decision.contractId}" in the PSA.`);
  if ('ignore' in decision) return { contract, label: type.label };
  await refuseUnbillable(context, contract, snapshot);
  const service = context.services.get(decision.contractServiceId);
  if (service?.contractId !== contract.id)
    throw new IcbError(
      'not-found',
      `The contract "${contract.name}" holds no service "${decision.contractServiceId}". Add it in the PSA first.`,
    );
  return { contract, label: type.label };
}

async function refuseUnbillable(context: Context, contract: Contract, snapshot: Snapshot): Promise<void> {
  const services = [...context.services.values()].filter(
    (service) => service.contractId === contract.id,
  ).length;
  const because = notBillableBecause(contract, services);
  if (because)
    throw new IcbError('contract-not-billable', `Usage cannot bill on "${contract.name}": ${because}.`);
  const organization = await snapshot.get('organizations', contract.organizationId);
  const unmappable = organization ? unmappableBecause(organization) : 'it is not in the PSA';
  if (unmappable)
    throw new IcbError(
      'not-mappable',
      `The organization of "${contract.name}" cannot be billed: ${unmappable}.`,
    );
}

function decide(
  core: Core,
  by: Actor,
  decision: Decision,
  id: string,
  before: ServiceMapping | undefined,
): ServiceMapping {
  const { contractId, module, billingType } = decision;
  const common = { id, contractId, module, billingType, by, at: isoInstant(core.clock.now()) };
  if ('ignore' in decision) return { status: 'ignored', ...common };
  const {
    contractServiceId,
    unitRule = 'prorate-daily',
    dropRule,
    minimum,
    share,
    from = 'today',
  } = decision;
  const kept =
    before?.status === 'mapped' && before.contractServiceId === contractServiceId ? before : undefined;
  return {
    status: 'mapped',
    ...common,
    contractServiceId,
    unitRule,
    ...(dropRule === undefined ? {} : { dropRule }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(share === undefined ? {} : { share }),
    from: kept?.from ?? from,
    since: kept?.since ?? core.clock.today(),
  };
}

function sameDecision(before: ServiceMapping | undefined, after: ServiceMapping): boolean {
  const decision = ({ by, at, ...rest }: ServiceMapping) => JSON.stringify(Object.entries(rest).sort());
  return before !== undefined && decision(before) === decision(after);
}

const serviceName = ({ services }: Context, mapping: ServiceMapping): string =>
  mapping.status === 'ignored'
    ? 'ignored'
    : (services.get(mapping.contractServiceId)?.service ?? mapping.contractServiceId);
