import type { PlanLine } from '../domain/plan.ts';
import type { DropRule, UnitRule } from '../domain/service-mapping.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { namesIn } from './names.ts';

/** A plan line with names for its ids and the rule it is planned by. */
export interface PlanLineView extends PlanLine {
  readonly organization: string;
  readonly contract: string;
  readonly service: string;
  readonly moduleName: string;
  readonly billingTypeLabel: string;
  /** Absent where the billing type is ignored. */
  readonly unitRule?: UnitRule;
  /** Where drops go by a rule of their own. */
  readonly dropRule?: DropRule;
}

export async function describeLines(
  snapshot: Snapshot,
  lines: readonly PlanLine[],
): Promise<readonly PlanLineView[]> {
  const names = await namesIn(snapshot);
  const mappings = new Map((await snapshot.list('serviceMappings')).map((mapping) => [mapping.id, mapping]));
  return lines.map((line): PlanLineView => {
    const mapping = mappings.get(line.id);
    const { unitRule, dropRule } = mapping?.status === 'mapped' ? mapping : {};
    return {
      ...line,
      organization: names.organization(line.organizationId),
      contract: names.contract(line.contractId),
      service: names.service(line.contractServiceId),
      moduleName: names.module(line.module),
      billingTypeLabel: names.billingType(line.module, line.billingType),
      ...(unitRule ? { unitRule } : {}),
      ...(dropRule ? { dropRule } : {}),
    };
  });
}

export async function describeLine(core: Core, line: PlanLine): Promise<PlanLineView> {
  const [view] = await describeLines(await core.store.snapshot(), [line]);
  if (!view) throw new Error('a line was described by nothing');
  return view;
}
