import type { IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, notBillableBecause } from '../domain/contract.ts';
import type { OrganizationId } from '../domain/ids.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';

/** An organization with the one contract its usage bills on. */
export interface DemoCustomer {
  readonly organization: Organization;
  readonly contract: Contract;
  /** Services free for usage: those that already hold units in the PSA bill something else. */
  readonly services: ReadonlyMap<string, ContractService>;
}

export type DemoCustomers = ReadonlyMap<OrganizationId, DemoCustomer>;

/** Organizations usage can bill, each with its first contract that is billable on `today`. */
export function demoCustomers(input: {
  readonly organizations: readonly Organization[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly today: IsoDate;
}): DemoCustomers {
  const servicesOf = Map.groupBy(input.contractServices, (service) => service.contractId);
  const billable = input.contracts.filter(
    (contract) =>
      notBillableBecause(contract, servicesOf.get(contract.id)?.length ?? 0) === undefined &&
      contract.startDate <= input.today &&
      (contract.endDate === null || contract.endDate >= input.today),
  );
  const customers = new Map<OrganizationId, DemoCustomer>();
  for (const organization of input.organizations) {
    const contract = billable.find((each) => each.organizationId === organization.id);
    if (!contract || unmappableBecause(organization) !== undefined) continue;
    const free = (servicesOf.get(contract.id) ?? []).filter((service) => service.units === 0);
    const services = new Map(free.map((service) => [service.service, service]));
    customers.set(organization.id, { organization, contract, services });
  }
  return customers;
}
