import { addMonths, monthOf } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { compareMoney, type Money, sumMoney, zero } from '../domain/money.ts';
import { type Comparison, compareUnits } from '../sync/compare-units.ts';
import { isBilledByIcb } from '../sync/line-reasons.ts';
import type { Core } from './core.ts';
import { knownOrganization } from './list-organizations.ts';
import { namesIn } from './names.ts';

export interface ComparisonView extends Comparison {
  readonly organizationId: string;
  readonly organization: string;
  readonly contract: string;
  readonly service: string;
}

export interface PsaComparison {
  /** By organization, contract, service and period. */
  readonly rows: readonly ComparisonView[];
  /** Sums of the rows, a currency each: theirs, ours, and theirs less ours. */
  readonly totals: readonly {
    readonly currency: string;
    readonly theirs: Money;
    readonly ours: Money;
    readonly difference: Money;
  }[];
}

export interface CompareFilter {
  /** Id or name. */
  readonly organization?: string | undefined;
  readonly contract?: string | undefined;
  readonly onlyDifferent?: boolean | undefined;
}

/** Periods that began so long ago are compared. */
const MONTHS_BACK = 2;

/**
 * The units and money of each contract service in the remote PSA beside what icb has of them, as last read, with what is
 * known to explain a difference. Errors: `bad-input` with the local PSA, `unknown-organization`, `unknown-contract`.
 */
export async function comparePsa(core: Core, filter: CompareFilter = {}): Promise<PsaComparison> {
  if (!core.psa.remote)
    throw new IcbError('bad-input', 'The PSA is icb’s own, so there is nothing to compare it with.');
  const organization =
    filter.organization === undefined ? undefined : (await knownOrganization(core, filter.organization)).id;
  const snapshot = await core.store.snapshot();
  const today = core.clock.today();
  const from = monthOf(addMonths(today, -MONTHS_BACK));
  const [contracts, services, rows, items, ledgers, pushes] = await Promise.all([
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
    snapshot.list('psaUnits', { from }),
    snapshot.list('billingItems', { from }),
    snapshot.list('unitLedgers'),
    snapshot.list('unitPushes'),
  ]);
  if (filter.contract !== undefined && !contracts.some(({ id }) => id === filter.contract))
    throw new IcbError('unknown-contract', `There is no contract "${filter.contract}".`);
  const names = await namesIn(snapshot);
  const readOn = (await snapshot.get('psaStates', 'psa'))?.postedReadAt?.slice(0, 10);
  const byService = <T extends { readonly contractServiceId: string }>(records: readonly T[]) =>
    Map.groupBy(records, (record) => record.contractServiceId as string);
  const ofRows = byService(rows);
  const ofItems = byService(items);
  const ofLedgers = byService(ledgers);
  const ofPushes = byService(pushes);
  const wanted = new Map(
    contracts
      .filter(
        (contract) =>
          isBilledByIcb(contract, 1) &&
          (organization === undefined || contract.organizationId === organization) &&
          (filter.contract === undefined || contract.id === filter.contract),
      )
      .map((contract) => [contract.id, contract]),
  );
  const compared = services.flatMap((service): ComparisonView[] => {
    const contract = wanted.get(service.contractId);
    if (!contract) return [];
    const facts = {
      contract,
      service,
      rows: ofRows.get(service.id) ?? [],
      items: ofItems.get(service.id) ?? [],
      ledgers: ofLedgers.get(service.id) ?? [],
      pushes: ofPushes.get(service.id) ?? [],
      readOn,
    };
    return compareUnits(facts, today).map((comparison) => ({
      ...comparison,
      organizationId: contract.organizationId,
      organization: names.organization(contract.organizationId),
      contract: contract.name,
      service: service.service,
    }));
  });
  const shown = compared
    .filter((row) => row.reasons.length > 0 || (!filter.onlyDifferent && hasFigures(row)))
    .sort(inReadingOrder);
  return { rows: shown, totals: totalsOf(shown) };
}

/** A service nobody uses says nothing. */
const hasFigures = ({ theirs, ours }: Comparison): boolean =>
  [theirs, ours].some(({ units, pending, posted }) => units !== 0 || pending !== zero || posted !== zero);

const { compare } = new Intl.Collator('en');

const inReadingOrder = (a: ComparisonView, b: ComparisonView): number =>
  compare(a.organization, b.organization) ||
  compare(a.contract, b.contract) ||
  compare(a.service, b.service) ||
  compare(a.id, b.id);

function totalsOf(rows: readonly ComparisonView[]): PsaComparison['totals'] {
  return [...Map.groupBy(rows, ({ currency }) => currency)]
    .map(([currency, own]) => {
      const sum = (side: 'theirs' | 'ours') =>
        own.reduce((total, row) => sumMoney([total, row[side].pending, row[side].posted]), zero);
      return {
        currency,
        theirs: sum('theirs'),
        ours: sum('ours'),
        difference: sumMoney(own.map(({ difference }) => difference)),
      };
    })
    .sort((a, b) => -compareMoney(a.theirs, b.theirs));
}
