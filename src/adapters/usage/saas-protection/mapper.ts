import type { SourceDevice, SourceOrganization, UsageAnswer } from '../../../ports/usage-source.ts';
import { firstText } from '../counting/first-text.ts';
import { Tally } from '../counting/tally.ts';
import type { SaasDomain, SaasSeat } from './api-types.ts';
import type { Seats } from './client.ts';

export const BILLABLE = 'Billable Seats';
/** Each billable seat counts under its state too. */
const BY_STATE: ReadonlyMap<string, string> = new Map([
  ['active', 'Active Seats'],
  ['paused', 'Paused Seats'],
  ['archived', 'Archived Seats'],
]);
export const BILLING_TYPES: readonly string[] = [BILLABLE, ...BY_STATE.values()];

/** A customer with its domains. */
export interface Customer {
  readonly id: string;
  readonly domains: readonly SaasDomain[];
}

export const customersOf = (domains: readonly SaasDomain[]): Customer[] =>
  [...Map.groupBy(domains, (domain) => domain.saasCustomerId)].map(([id, own]) => ({ id, domains: own }));

/**
 * Customers and their seats as a usage answer. A billable seat counts under Billable Seats, whatever its state, and
 * under its state. Where the vendor could not list a customer's seats, the total of its one domain stands for the
 * billable ones and the states are unknown; a customer of several domains has no such total that is sure.
 */
export function toUsageAnswer(
  customers: readonly { readonly customer: Customer; readonly seats: Seats }[],
): UsageAnswer {
  const organizations = customers.map(({ customer }) => organizationOf(customer));
  const devices: SourceDevice[] = [];
  const tally = new Tally();
  const unknown: { externalId: string; billingType: string }[] = [];
  const untold: { externalId: string; because: string }[] = [];

  for (const { customer, seats } of customers) {
    const externalId = customer.id;
    if (seats === 'too-many') {
      const used = seatsUsed(customer);
      if (used === undefined) unknown.push({ externalId, billingType: BILLABLE });
      else tally.add(externalId, BILLABLE, used);
      for (const billingType of BY_STATE.values()) unknown.push({ externalId, billingType });
      untold.push({ externalId, because: instead(used) });
      continue;
    }
    const ids = new Set<string>();
    for (const seat of seats) {
      if (!seat.billable) continue;
      tally.add(externalId, BILLABLE);
      const billingType = BY_STATE.get(seat.seatState.trim().toLowerCase());
      if (billingType === undefined) continue;
      tally.add(externalId, billingType);
      devices.push({ externalId, id: seatId(externalId, seat, ids), name: nameOf(seat), billingType });
    }
  }
  return { organizations, counts: tally.counts(), devices, unknown, untold };
}

function organizationOf({ id, domains: [first] }: Customer): SourceOrganization {
  return {
    externalId: id,
    name: firstText(first?.saasCustomerName, first?.organizationName, first?.domain, id),
  };
}

/** The total of a single domain; of several it is not known whether each holds the customer's or its own. */
const seatsUsed = ({ domains }: Customer): number | undefined =>
  domains.length === 1 ? (domains[0]?.seatsUsed ?? undefined) : undefined;

const instead = (used: number | undefined): string =>
  `SaaS Protection could not list the seats (too many for its API), so ${
    used === undefined
      ? 'their number is not known'
      : `the ${used} seats its domain reports as used were counted as billable`
  }; active, paused and archived seats are not known.`;

const nameOf = (seat: SaasSeat): string => firstText(seat.name, seat.mainId, seat.seatType);

/** Unique, and the same the next day; a number only where the vendor's own facts do not tell two seats apart. */
function seatId(customerId: string, seat: SaasSeat, taken: Set<string>): string {
  const id = [customerId, seat.seatType, firstText(seat.remoteId, seat.mainId)].join('/');
  let own = id;
  for (let n = 2; taken.has(own); n++) own = `${id}/${n}`;
  taken.add(own);
  return own;
}
