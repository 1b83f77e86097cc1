import type { Activity } from '../domain/activity.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { knownOrganization } from './list-organizations.ts';
import type { Names } from './names.ts';

export const ACTIVITY_RESULTS = ['up', 'down', 'same', 'held', 'blocked', 'failed'] as const;
export type ActivityResult = (typeof ACTIVITY_RESULTS)[number] & Activity['result'];

/** Conditions that all must hold. */
export interface ActivityFilter {
  /** Business days, both included. */
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
  /** Id or name. */
  readonly module?: string | undefined;
  /** Id or name. */
  readonly organization?: string | undefined;
  /** Each: the id, or any part of the name. */
  readonly billingType?: string | undefined;
  readonly contract?: string | undefined;
  readonly service?: string | undefined;
  readonly result?: ActivityResult | undefined;
  /** What was not billed, with its reason: failed, held and blocked. */
  readonly failedOnly?: boolean | undefined;
}

const NOT_BILLED: ReadonlySet<Activity['result']> = new Set(['failed', 'held', 'blocked']);

type Condition = (row: Activity) => boolean;

/** Errors: `unknown-module`, `unknown-organization`, `bad-input` for days in the wrong order. */
export async function activityTest(core: Core, filter: ActivityFilter, names: Names): Promise<Condition> {
  const { from, to, result, failedOnly } = filter;
  if (from && to && from > to)
    throw new IcbError('bad-input', `The first day, ${from}, lies after the last, ${to}. Swap them.`);
  const module = filter.module ? (await knownModule(core, filter.module)).id : undefined;
  const organization = filter.organization
    ? (await knownOrganization(core, filter.organization)).id
    : undefined;
  const conditions: (Condition | undefined)[] = [
    from && ((row) => row.date >= from),
    to && ((row) => row.date <= to),
    module && ((row) => row.module === module),
    organization && ((row) => row.organizationId === organization),
    result && ((row) => row.result === result),
    failedOnly ? (row) => NOT_BILLED.has(row.result) : undefined,
    named(
      filter.billingType,
      (row) => row.billingType,
      (id, row) => names.billingType(row.module, id),
    ),
    named(filter.contract, (row) => row.contractId, names.contract),
    named(filter.service, (row) => row.contractServiceId, names.service),
  ];
  const asked = conditions.filter((condition) => condition !== undefined);
  return (row) => asked.every((condition) => condition(row));
}

/** Ids stand for many rows: each is looked up once. */
function named(
  text: string | undefined,
  idOf: (row: Activity) => string | undefined,
  nameOf: (id: string, row: Activity) => string,
): Condition | undefined {
  const wanted = folded(text ?? '');
  if (wanted === '') return undefined;
  const known = new Map<string, boolean>();
  return (row) => {
    const id = idOf(row);
    if (id === undefined) return false;
    const fits = known.get(id) ?? (folded(id) === wanted || folded(nameOf(id, row)).includes(wanted));
    known.set(id, fits);
    return fits;
  };
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
