import type { Actor } from '../../src/domain/actor.ts';
import { type IsoDate, type IsoInstant, isoInstant } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { ContractServiceId, ModuleId } from '../../src/domain/ids.ts';
import { type ServiceMapping, serviceMappingId, type UnitRule } from '../../src/domain/service-mapping.ts';
import type { ServiceMappingDecision } from '../../src/usecases/map-billing-types.ts';
import { overlapWarnings } from '../../src/usecases/overlap-warnings.ts';
import type {
  ContractSheet,
  ServiceMappingSheet,
  ServiceRow,
} from '../../src/usecases/service-mapping-sheet.ts';
import type { ServicesMeta } from '../action-ids.ts';
import { keyOf } from './choices.ts';
import { chosenRule, type RuleChoice } from './rule-choices.ts';
import { contractShown, IGNORE, NOT_MAPPED, type SheetRow, sheetRows, startingRule } from './sheet-rows.ts';

/** One billing type that Save would change. `service` undefined: ignored. */
export interface ServiceChange {
  readonly row: SheetRow;
  readonly contract: string;
  readonly service?: ServiceRow;
  readonly unitRule?: UnitRule;
  /** The service it is on until then, or `ignored`, where that changes. */
  readonly was?: string;
  readonly decision: ServiceMappingDecision;
}

export interface ServiceChanges {
  readonly changes: readonly ServiceChange[];
  /** Billing types that would be mapped and bill a device twice. */
  readonly warnings: readonly string[];
}

/**
 * What a person chose in the sheet against what is saved, over all contracts they looked at. A contract keeps its unit
 * rules unless a rule was chosen for that very contract.
 * Error: `not-found` when a service that was chosen is no longer on the contract.
 */
export function serviceChanges(
  sheet: ServiceMappingSheet,
  meta: ServicesMeta,
  by: Actor,
  now: { readonly instant: Temporal.Instant; readonly today: IsoDate },
): ServiceChanges {
  const current = contractShown(sheet, meta);
  const each = sheet.contracts
    .filter((one) => one.billable)
    .map((one) => {
      const rows = sheetRows(one, meta.choices);
      const rest = meta.ignoreRest && one === current;
      const rule = chosenRule(meta.rules, one.contract.id) ?? startingRule(rows);
      const changes = rows.flatMap((row) => changeOf(one, row, { rest, rule, from: meta.from, meta }) ?? []);
      const at = { by, at: isoInstant(now.instant), today: now.today };
      return {
        changes,
        warnings:
          changes.length > 0 ? overlapWarnings(sheet.catalogue, proposed(one, rows, changes, at)) : [],
      };
    });
  return {
    changes: each.flatMap((one) => one.changes),
    warnings: each.flatMap((one) => one.warnings),
  };
}

interface Rules {
  readonly rest: boolean;
  readonly rule: RuleChoice;
  readonly from: ServicesMeta['from'];
  readonly meta: ServicesMeta;
}

function changeOf(sheet: ContractSheet, row: SheetRow, rules: Rules): ServiceChange | undefined {
  // A suggestion counts only once it stood in front of the person: nothing is ever saved unseen.
  const chosen = rules.meta.choices.get(row.key) ?? row.saved;
  const target = chosen === NOT_MAPPED && rules.rest ? IGNORE : chosen;
  const { contract } = sheet;
  const subject = {
    contractId: contract.id as string,
    module: row.module.id,
    billingType: row.billingType.name as string,
  };
  if (target === NOT_MAPPED) return undefined;
  if (target === IGNORE)
    return row.saved === IGNORE
      ? undefined
      : { row, contract: contract.name, ...wasOn(row, sheet), decision: { ...subject, ignore: true } };
  const service = sheet.services.find((one) => keyOf(one.id) === target);
  if (!service) throw gone(contract.name);
  const before = row.mapping?.status === 'mapped' ? row.mapping : undefined;
  const unitRule = rules.rule === 'keep' ? (before?.unitRule ?? 'prorate-daily') : rules.rule;
  if (target === row.saved && unitRule === before?.unitRule) return undefined;
  // What this modal does not ask for stays as it was set elsewhere.
  const { dropRule, minimum, share } = before ?? {};
  return {
    row,
    contract: contract.name,
    service,
    unitRule,
    ...(target === row.saved ? {} : wasOn(row, sheet)),
    decision: {
      ...subject,
      contractServiceId: service.id,
      unitRule,
      from: rules.from,
      ...(dropRule === undefined ? {} : { dropRule }),
      ...(minimum === undefined ? {} : { minimum }),
      ...(share === undefined ? {} : { share }),
    },
  };
}

const wasOn = (row: SheetRow, { services }: ContractSheet): { was?: string } => {
  if (row.mapping?.status !== 'mapped') return row.mapping ? { was: 'ignored' } : {};
  const { contractServiceId } = row.mapping;
  return { was: services.find(({ id }) => id === contractServiceId)?.name ?? contractServiceId };
};

/** The contract's mappings as they would be after Save, for the check of overlaps. */
function proposed(
  { contract }: ContractSheet,
  rows: readonly SheetRow[],
  changes: readonly ServiceChange[],
  { by, at, today }: { readonly by: Actor; readonly at: IsoInstant; readonly today: IsoDate },
): ServiceMapping[] {
  const changed = new Map(changes.map((change) => [change.row.key, change]));
  return rows.flatMap((row): ServiceMapping | readonly ServiceMapping[] => {
    const change = changed.get(row.key);
    if (!change) return row.mapping ?? [];
    const { name } = row.billingType;
    const common = {
      id: serviceMappingId(contract.id, row.module.id, name),
      contractId: contract.id,
      module: ModuleId.parse(row.module.id),
      billingType: name,
      by,
      at,
    };
    if (!change.service) return { status: 'ignored', ...common };
    return {
      status: 'mapped',
      ...common,
      contractServiceId: ContractServiceId.parse(change.service.id),
      unitRule: change.unitRule ?? 'prorate-daily',
      from: 'period-start',
      since: today,
    };
  });
}

/** Stays the same while all that is stored of what the changes start from, and what they lead to, stays the same. */
export const serviceDigest = ({ changes }: ServiceChanges): string =>
  keyOf(JSON.stringify(changes.map(({ row, decision }) => [stored(row.mapping), decision])));

/** Who saved it and when is no part of what a person looks at. */
const stored = (mapping: ServiceMapping | undefined) => {
  if (!mapping) return null;
  const { by: _by, at: _at, ...decision } = mapping;
  return Object.entries(decision).sort();
};

const gone = (contract: string): IcbError =>
  new IcbError(
    'not-found',
    `A service you chose is no longer on the contract “${contract}”. Nothing was saved; open /icb services again.`,
  );
