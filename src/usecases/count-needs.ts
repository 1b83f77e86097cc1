import type { CountNeed } from '../billing/thin-reports.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import { addDays, addMonths, type IsoDate, type IsoMonth, monthOf } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { Snapshot } from '../ports/store.ts';
import { ledgersAsTheyStand } from '../sync/go-along.ts';
import type { PlanInput } from '../sync/plan-input.ts';
import { countsDue, MONTHS_BACK } from './read-plan-input.ts';

/** An item is explained by its period and this many days before it at most. */
const EXPLAINED_DAYS_BACK = 62;
/** A change is explained by the newest report until its day, looked for so far back. */
const REPORT_DAYS_BACK = 31;

/** What decides which counts are still needed. */
export type CountFacts = Pick<
  PlanInput,
  | 'today'
  | 'contracts'
  | 'moduleStates'
  | 'moduleOrganizations'
  | 'organizationMappings'
  | 'serviceMappings'
  | 'unitLedgers'
>;

export async function readCountFacts(snapshot: Snapshot, today: IsoDate): Promise<CountFacts> {
  const moduleStates = await snapshot.list('moduleStates');
  return {
    today,
    contracts: await snapshot.list('contracts'),
    moduleStates,
    moduleOrganizations: await snapshot.list('moduleOrganizations'),
    organizationMappings: await snapshot.list('organizationMappings'),
    serviceMappings: await snapshot.list('serviceMappings'),
    unitLedgers: ledgersAsTheyStand({ moduleStates, unitLedgers: await snapshot.list('unitLedgers') }),
  };
}

export interface MonthOfCounts {
  readonly month: IsoMonth;
  readonly module: string;
  /** Days of the module's reports of this month and the next, ascending. */
  readonly days: readonly IsoDate[];
  /** Pending items whose explanation may reach into the month. */
  readonly pending: readonly BillingItem[];
}

export interface CountNeeds {
  readonly needs: readonly CountNeed[];
  /** Some are needed only until they are applied or posted. */
  readonly open: boolean;
}

/**
 * Which of a module's counts of a month something still rests on: those behind the units in force (for ever), those a plan
 * has not applied yet (of a contract that is inactive or ended but may be billed again), and those that explain an item
 * nobody has posted. Whatever the module's switch says now: it may be enabled again.
 */
export function countNeeds(facts: CountFacts, { month, module, days, pending }: MonthOfCounts): CountNeeds {
  const lines = linesOf(facts, module);
  const changes = lines.flatMap(({ ledger, ...line }) =>
    (ledger?.changes ?? [])
      .map(({ countDate }) => days.findLast((day) => day <= countDate && withinReach(day, countDate)))
      .flatMap((day) => (day !== undefined && monthOf(day) === month ? spans(line, day, day) : [])),
  );
  const due = lines.flatMap(({ dueFrom, ...line }) =>
    dueFrom !== undefined && monthOf(dueFrom) <= month ? spans(line, dueFrom, LAST_DAY) : [],
  );
  const onContracts = Map.groupBy(lines, (line) => `${line.contractId}\n${line.billingType}`);
  const explained = pending.flatMap((item) => {
    const from = addDays(item.period.start, -EXPLAINED_DAYS_BACK);
    if (item.module !== module || monthOf(from) > month || monthOf(item.period.end) < month) return [];
    const own = onContracts.get(`${item.contractId}\n${item.billingType}`) ?? [];
    return own.flatMap((line) => spans(line, from, item.period.end));
  });
  return { needs: [...changes, ...due, ...explained], open: due.length > 0 || explained.length > 0 };
}

const LAST_DAY = '9999-12-31' as IsoDate;

const withinReach = (day: IsoDate, countDate: IsoDate): boolean =>
  addDays(day, REPORT_DAYS_BACK) >= countDate;

interface Line {
  readonly contractId: string;
  readonly billingType: CountNeed['billingType'];
  readonly externalIds: readonly string[];
}

const spans = ({ billingType, externalIds }: Line, from: IsoDate, to: IsoDate): CountNeed[] =>
  externalIds.map((externalId) => ({ externalId, billingType, from, to }));

type FedLine = Line & { readonly ledger?: UnitLedger | undefined; readonly dueFrom?: IsoDate | undefined };

/** Every line a module feeds or has fed, with the module organizations mapped to its organization now. */
function linesOf(facts: CountFacts, module: string): FedLine[] {
  const { today, serviceMappings, unitLedgers } = facts;
  const contracts = new Map(facts.contracts.map((contract) => [contract.id, contract]));
  const ledgers = new Map(unitLedgers.map((ledger) => [ledger.id, ledger]));
  const moduleStates = facts.moduleStates.map((state) => ({ ...state, enabled: true }));
  const externalIds = mappedTo(facts, module);
  const line = (contractId: Contract['id'], billingType: Line['billingType']): Line => ({
    contractId,
    billingType,
    externalIds: externalIds.get(contracts.get(contractId)?.organizationId ?? '') ?? [],
  });
  const own = serviceMappings.filter((mapping) => mapping.module === module && mapping.status === 'mapped');
  return [
    ...unitLedgers.flatMap((ledger): FedLine[] =>
      ledger.module === module && ledger.billingType !== null
        ? [{ ...line(ledger.contractId, ledger.billingType), ledger }]
        : [],
    ),
    ...own.map((mapping): FedLine => {
      const [first] = countsDue(
        { serviceMappings: [mapping], moduleStates },
        contracts,
        ledgers,
        today,
      ).toSorted();
      // A plan reads whole months, and judges a count by those of the 30 days before.
      const dueFrom = first && (`${monthOf(addMonths(first, -MONTHS_BACK))}-01` as IsoDate);
      return { ...line(mapping.contractId, mapping.billingType), dueFrom };
    }),
  ];
}

function mappedTo({ moduleOrganizations, organizationMappings }: CountFacts, module: string) {
  const known = new Map(moduleOrganizations.map((each) => [each.id, each.externalId]));
  const externalIds = new Map<string, string[]>();
  for (const mapping of organizationMappings) {
    const externalId = known.get(mapping.id);
    if (mapping.status === 'mapped' && mapping.module === module && externalId !== undefined)
      externalIds.getOrInsertComputed(mapping.organizationId, () => []).push(externalId);
  }
  return externalIds;
}
