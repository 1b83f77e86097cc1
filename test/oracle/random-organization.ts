import type {
  BookContract,
  BookModuleOrganization,
  BookService,
  DropRule,
  LineKey,
  ServiceDecision,
  UnitRule,
} from './event-log.ts';
import { type Day, dayIn, textOf } from './oracle-days.ts';
import type { Random } from './random.ts';

/** Billing types none of which contains another. */
export const BILLING_TYPES: Readonly<Record<string, readonly string[]>> = {
  'datto-rmm': ['Server', 'Desktop', 'Laptop', 'Printer'],
  'datto-bcdr': ['Devices', 'Agents', 'Shares'],
  'saas-protection': ['Active Seats', 'Archived Seats'],
  rocketcyber: ['Agents', 'Firewalls'],
};
export const MODULES = Object.keys(BILLING_TYPES);

export interface RandomLine {
  readonly key: LineKey;
  readonly service: string;
  /** Where the billing type may move to. */
  readonly spare: string | undefined;
  readonly decision: ServiceDecision;
}

export interface RandomOrganization {
  readonly id: string;
  readonly contracts: readonly BookContract[];
  readonly services: readonly BookService[];
  readonly moduleOrganizations: readonly BookModuleOrganization[];
  /** Lines that are decided together: those of one shared billing type, or one alone. */
  readonly lines: readonly (readonly RandomLine[])[];
  /** When it is mapped. */
  readonly setUp: Day;
}

const RULES: readonly { readonly unitRule: UnitRule; readonly dropRule?: DropRule }[] = [
  { unitRule: 'prorate-daily' },
  { unitRule: 'prorate-daily' },
  { unitRule: 'prorate-daily', dropRule: 'next-period' },
  { unitRule: 'next-period' },
  { unitRule: 'next-period', dropRule: 'prorate-daily' },
  { unitRule: 'peak' },
];

function randomContract(random: Random, id: string, organizationId: string, firstDay: Day): BookContract {
  const roughly = firstDay + random.between(-120, 150);
  // Many begin on the days that months do not all have.
  const month = textOf(roughly).slice(0, 8);
  const startDate = random.chance(50) ? monthEnd(month, random.between(29, 31)) : textOf(roughly);
  const ends = random.chance(25);
  const endDate = ends ? textOf(Math.max(dayIn(startDate), firstDay) + random.between(70, 240)) : null;
  return { id, organizationId, startDate, endDate };
}

function monthEnd(month: string, day: number): string {
  const there = dayIn(`${month}01`) + day - 1;
  return textOf(there).startsWith(month) ? textOf(there) : `${month}28`;
}

/** A customer with its contracts, services, sites in modules, and how its billing types shall be mapped. */
export function randomOrganization(random: Random, id: string, firstDay: Day): RandomOrganization {
  const first = randomContract(random, `c${id}.1`, id, firstDay);
  const others: BookContract[] = [];
  if (random.chance(35)) others.push(randomContract(random, `c${id}.2`, id, firstDay));
  else if (first.endDate !== null && random.chance(60)) {
    const after = textOf(dayIn(first.endDate) + random.between(1, 20));
    others.push({ id: `c${id}.2`, organizationId: id, startDate: after, endDate: null });
  }
  const contracts = [first, ...others];
  const services: BookService[] = [];
  const lines: RandomLine[][] = [];
  const moduleOrganizations: BookModuleOrganization[] = [];
  const modules = MODULES.filter(() => random.chance(40));
  for (const module of modules.length > 0 ? modules : [random.pick(MODULES)]) {
    const sites = random.between(1, 3);
    for (let k = 1; k <= sites; k++) moduleOrganizations.push({ module, externalId: `${id}-${module}-${k}` });
    const types = (BILLING_TYPES[module] ?? []).filter(() => random.chance(50));
    for (const billingType of types)
      lines.push(...randomLines(random, contracts, module, billingType, services));
  }
  const setUp = firstDay + (random.chance(40) ? 0 : random.between(0, 60));
  return { id, contracts, services, moduleOrganizations, lines, setUp };
}

const overlap = (a: BookContract, b: BookContract): boolean =>
  (a.endDate === null || a.endDate >= b.startDate) && (b.endDate === null || b.endDate >= a.startDate);

/** A billing type on one contract; on two that follow each other; or shared by two that overlap. */
function randomLines(
  random: Random,
  contracts: readonly BookContract[],
  module: string,
  billingType: string,
  services: BookService[],
): RandomLine[][] {
  const [first, second] = contracts;
  if (!first) return [];
  if (!second || random.chance(30))
    return [[randomLine(random, random.pick(contracts), module, billingType, services, {})]];
  if (!overlap(first, second))
    return contracts.map((each) => [randomLine(random, each, module, billingType, services, {})]);
  const share = random.pick([50, 33.34, 70, 12.5, 90]);
  return [
    [
      randomLine(random, first, module, billingType, services, { share, minimum: 1 }),
      randomLine(random, second, module, billingType, services, { share: 100 - share, minimum: 1 }),
    ],
  ];
}

function randomLine(
  random: Random,
  contract: BookContract,
  module: string,
  billingType: string,
  services: BookService[],
  more: { readonly share?: number; readonly minimum?: number },
): RandomLine {
  const shared = services.find(
    (each) => each.contractId === contract.id && each.id.endsWith(`${module} alike`),
  );
  const alike = random.chance(20);
  const add = (kind: string): string => {
    const id = `${contract.id}/${services.length + 1} ${module}${kind}`;
    const unitPrice = `${random.between(1, 60)}.${String(random.between(0, 9999)).padStart(4, '0')}`;
    services.push({
      id,
      contractId: contract.id,
      unitPrice,
      units: random.chance(25) ? random.between(1, 6) : 0,
    });
    return id;
  };
  const service = alike ? (shared?.id ?? add(' alike')) : add('');
  const spare = random.chance(30) ? add(' spare') : undefined;
  const key = { contractId: contract.id, module, billingType };
  const minimum = more.minimum ?? (random.chance(20) ? random.between(1, 6) : undefined);
  const decision: ServiceDecision = {
    ...key,
    contractServiceId: service,
    ...(alike ? { unitRule: 'prorate-daily' as const } : random.pick(RULES)),
    ...(minimum === undefined ? {} : { minimum }),
    ...(more.share === undefined ? {} : { share: Number(more.share.toFixed(2)) }),
    from: random.pick(['period-start', 'today'] as const),
  };
  return { key, service, spare: alike || more.share !== undefined ? undefined : spare, decision };
}
