import { type Contract, type ContractService, notBillableOn } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import { type MappedService, type ServiceMapping, serviceMappingId } from '../domain/service-mapping.ts';
import type { Core } from './core.ts';
import { folded } from './list-organizations.ts';
import { readMappingContext, type ServiceMappingDecision } from './map-billing-types.ts';
import { overlapWarnings } from './overlap-warnings.ts';
import { conflictWith } from './service-mapping-conflicts.ts';

/** A billing type of the template and the name of the service it is on. */
export interface TemplateRow {
  readonly module: string;
  readonly label: string;
  readonly service: string;
  readonly mapping: MappedService;
}

/** What becomes of one row on one other contract. `before`: it is on that service already, with another rule. */
export type TemplateLine = { readonly row: TemplateRow } & (
  | {
      readonly outcome: 'map';
      readonly mapping: MappedService;
      /** The service it goes on there, which has its own price. */
      readonly service: ContractService;
      readonly before?: MappedService;
    }
  | { readonly outcome: 'same' }
  | { readonly outcome: 'left-out'; readonly because: string }
);

export interface TemplateTarget {
  readonly contract: Contract;
  readonly organization: Organization;
  readonly lines: readonly TemplateLine[];
  /** Billing types that would bill a device twice there. */
  readonly warnings: readonly string[];
}

export interface ServiceTemplate {
  readonly contract: Contract;
  readonly rows: readonly TemplateRow[];
  /** Those with exceptions first, those that would get nothing last. */
  readonly targets: readonly TemplateTarget[];
}

type Context = Awaited<ReturnType<typeof readMappingContext>>;

/**
 * One contract's saved mappings, used on other contracts: each billing type on the service of the same name, with the
 * same unit rules. What is decided otherwise there is never changed. Without `picked`, every contract that could get
 * something is looked at by itself; with it, those it names are looked at together, as Save would write them.
 * Source: product.md "Map billing types to services". Error: `unknown-contract`.
 */
export async function serviceTemplate(
  core: Core,
  contractId: string,
  picked?: (contractId: string) => boolean,
): Promise<ServiceTemplate> {
  const snapshot = await core.store.snapshot();
  const context = await readMappingContext(snapshot);
  const contract = context.contracts.get(contractId);
  if (!contract) throw new IcbError('unknown-contract', `There is no contract "${contractId}" in the PSA.`);
  const mappings = await snapshot.list('serviceMappings');
  const rows = templateRows(context, mappings, contractId);
  const names = new Set(rows.map(({ service }) => folded(service)));
  const organizations = new Map<string, Organization>(
    (await snapshot.list('organizations')).map((each) => [each.id, each]),
  );
  const saved = Map.groupBy(mappings, (each) => context.contracts.get(each.contractId)?.organizationId);
  const today = core.clock.today();
  const targets = [...context.contracts.values()].flatMap((other): TemplateTarget[] => {
    const services = context.servicesOn.get(other.id) ?? [];
    const organization = organizations.get(other.organizationId);
    if (other.id === contractId || !organization || picked?.(other.id) === false) return [];
    if (!services.some(({ service }) => names.has(folded(service)))) return [];
    if (notBillableOn(other, services.length, today) ?? unmappableBecause(organization)) return [];
    const own = saved.get(other.organizationId) ?? [];
    const lines = linesOn({ contract: other, services, own, context }, rows);
    if (lines.every(({ outcome }) => outcome === 'same')) return [];
    const then = after(own, lines);
    if (picked) saved.set(other.organizationId, then);
    const warnings = overlapWarnings(
      context.catalogue,
      then.filter((each) => each.contractId === other.id),
    );
    return [{ contract: other, organization, lines, warnings }];
  });
  return { contract, rows, targets: targets.sort(exceptionsFirst) };
}

/** What Save hands to `mapBillingTypes`, which refuses what changed since. */
export const templateDecisions = (targets: readonly TemplateTarget[]): ServiceMappingDecision[] =>
  targets.flatMap(({ lines }) =>
    lines.flatMap((line) => {
      if (line.outcome !== 'map') return [];
      const { status: _s, id: _id, by: _by, at: _at, since: _since, ...decision } = line.mapping;
      return [{ ...decision, expect: line.before?.contractServiceId ?? null }];
    }),
  );

function templateRows(
  { catalogue, services }: Context,
  mappings: readonly ServiceMapping[],
  contractId: string,
): TemplateRow[] {
  const rows = mappings.flatMap((mapping): TemplateRow[] => {
    if (mapping.status !== 'mapped' || mapping.contractId !== contractId) return [];
    const module = catalogue.find(mapping.module);
    const service = services.get(mapping.contractServiceId);
    const type = module && catalogue.billingType(module.id, mapping.billingType);
    return module && service && type
      ? [{ module: module.name, label: type.label, service: service.service, mapping }]
      : [];
  });
  const byName = (a: TemplateRow, b: TemplateRow) =>
    a.module.localeCompare(b.module, 'en') || a.label.localeCompare(b.label, 'en');
  return rows.sort(byName);
}

interface Place {
  readonly contract: Contract;
  readonly services: readonly ContractService[];
  /** What is mapped for its organization, on any contract. */
  readonly own: readonly ServiceMapping[];
  readonly context: Context;
}

/** What feeds one service is judged together: a rule that changes for all of them is no conflict. */
function linesOn(place: Place, rows: readonly TemplateRow[]): TemplateLine[] {
  const lines = rows.map((row) => lineOn(place, row));
  const onService = Map.groupBy(lines, (line) =>
    line.outcome === 'map' ? line.mapping.contractServiceId : undefined,
  );
  let own = place.own;
  const refused = new Map<TemplateLine, string>();
  for (const [service, together] of onService) {
    if (service === undefined) continue;
    const then = after(own, together);
    const because = conflictWith(then, mappingsOf(together), place.context);
    if (because === undefined) own = then;
    else for (const line of together) refused.set(line, because);
  }
  return lines.map((line): TemplateLine => {
    const because = refused.get(line);
    return because === undefined ? line : { row: line.row, outcome: 'left-out', because };
  });
}

function lineOn({ contract, services, own, context }: Place, row: TemplateRow): TemplateLine {
  const { module, billingType, share, minimum: _minimum, ...rules } = row.mapping;
  const leftOut = (because: string): TemplateLine => ({ row, outcome: 'left-out', because });
  const id = serviceMappingId(contract.id, module, billingType);
  const there = own.find((each) => each.id === id);
  if (there?.status === 'ignored') return leftOut('it is ignored there');
  const named = services.filter(({ service }) => folded(service) === folded(row.service));
  const isOn = ({ id: service }: ContractService) => service === there?.contractServiceId;
  const service = named.find(isOn) ?? named[0];
  if (there && !(service && isOn(service))) return leftOut(`it is on “${context.serviceName(there)}” there`);
  if (!service) return leftOut(`there is no service “${row.service}”`);
  if (there?.unitRule === rules.unitRule && there.dropRule === rules.dropRule)
    return { row, outcome: 'same' };
  if (named.length > 1 && !there) return leftOut(`there are ${named.length} services “${row.service}”`);
  if (share !== undefined) return leftOut('it is shared between contracts, which is set by hand');
  if (!there && !context.mappedTo.has(`${module} ${contract.organizationId}`))
    return leftOut(`the organization is not mapped to ${row.module}`);
  // A minimum and a share are agreed with each customer: what is set there stays.
  const agreed = there
    ? {
        ...(there.minimum === undefined ? {} : { minimum: there.minimum }),
        ...(there.share === undefined ? {} : { share: there.share }),
      }
    : {};
  const target = { id, contractId: contract.id, module, billingType, contractServiceId: service.id };
  const mapping = { ...rules, ...target, ...agreed };
  return { row, outcome: 'map', mapping, service, ...(there ? { before: there } : {}) };
}

const mappingsOf = (lines: readonly TemplateLine[]): MappedService[] =>
  lines.flatMap((line) => (line.outcome === 'map' ? [line.mapping] : []));

/** The mappings of an organization with those of `lines` in place. */
function after(own: readonly ServiceMapping[], lines: readonly TemplateLine[]): ServiceMapping[] {
  const then = new Map(own.map((each) => [each.id, each]));
  for (const mapping of mappingsOf(lines)) then.set(mapping.id, mapping);
  return [...then.values()];
}

const rank = ({ lines }: TemplateTarget): number => {
  if (!lines.some(({ outcome }) => outcome === 'map')) return 2;
  return lines.some(({ outcome }) => outcome === 'left-out') ? 0 : 1;
};

const exceptionsFirst = (a: TemplateTarget, b: TemplateTarget): number =>
  rank(a) - rank(b) ||
  a.organization.name.localeCompare(b.organization.name, 'en') ||
  a.contract.name.localeCompare(b.contract.name, 'en') ||
  (a.contract.id < b.contract.id ? -1 : 1);
