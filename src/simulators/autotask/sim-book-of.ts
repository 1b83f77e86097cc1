import type { SimBook, SimService } from './book.ts';
import { seededNumber } from './seeded.ts';

/** The import shape of icb: organizations, contracts and contract services with ids as texts, money as decimal text. */
export interface MspFile {
  readonly organizations: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly active: boolean;
    readonly parentId?: string | undefined;
  }[];
  readonly contracts: readonly {
    readonly id: string;
    readonly organizationId: string;
    readonly name: string;
    readonly type: string;
    readonly periodType: string;
    readonly status: string;
    readonly startDate: string;
    readonly endDate?: string | null | undefined;
  }[];
  readonly contractServices: readonly {
    readonly id: string;
    readonly contractId: string;
    readonly service: string;
    readonly unitPrice: string;
    readonly unitCost?: string | undefined;
    readonly currency: string;
    readonly units?: number | undefined;
  }[];
}

/** Autotask has no contract without an end. */
const OPEN_END = '2099-12-31';
const INT32_MAX = 2_147_483_647;

/**
 * The same MSP as Autotask would hold it. Ids that are whole numbers stay; others become numbers, the same for the same
 * text. A service is one name of the contract services, at its first price; a company's currency is that of its first
 * contract service.
 */
export function simBookOf(msp: MspFile): SimBook {
  for (const kind of ['organizations', 'contracts', 'contractServices'] as const) {
    if (new Set(msp[kind].map(({ id }) => numberOf(id))).size === msp[kind].length) continue;
    throw new Error(`In Autotask two ${kind} of this MSP would have one id. Give one of them another id.`);
  }
  const contractOf = new Map(msp.contracts.map((contract) => [contract.id, contract]));
  const currencyOf = new Map(
    msp.contractServices
      .toReversed()
      .map((one) => [contractOf.get(one.contractId)?.organizationId ?? '', one.currency]),
  );
  const services = servicesOf(msp);
  return {
    companies: msp.organizations.map(({ id, name, type, active, parentId }) => ({
      id: numberOf(id),
      name,
      type,
      active,
      ...(parentId === undefined ? {} : { parentId: numberOf(parentId) }),
      currency: currencyOf.get(id) ?? 'USD',
    })),
    contracts: msp.contracts.map(({ organizationId, endDate, ...contract }) => ({
      ...contract,
      id: numberOf(contract.id),
      companyId: numberOf(organizationId),
      endDate: endDate ?? OPEN_END,
    })),
    services: [...services.values()],
    contractServices: msp.contractServices.map((one) => ({
      id: numberOf(one.id),
      contractId: numberOf(one.contractId),
      serviceId: services.get(one.service)?.id as number,
      unitPrice: Number(one.unitPrice),
      ...(one.unitCost === undefined ? {} : { unitCost: Number(one.unitCost) }),
      units: one.units ?? 0,
    })),
  };
}

/** A text id as Autotask's number: itself where it is one, else stable by its text. */
export function numberOf(id: string): number {
  const number = Number(id);
  if (/^\d{1,10}$/.test(id) && number <= INT32_MAX) return number;
  return 1_000_000_000 + seededNumber(1_000_000_000, id);
}

function servicesOf({ contractServices }: MspFile): Map<string, SimService> {
  const services = new Map<string, SimService>();
  for (const { service: name, unitPrice, unitCost } of contractServices) {
    if (services.has(name)) continue;
    const cost = unitCost === undefined ? {} : { unitCost: Number(unitCost) };
    services.set(name, { id: 29_741_000 + services.size, name, unitPrice: Number(unitPrice), ...cost });
  }
  return services;
}
