import type { Counts, EventLog, Step } from './event-log.ts';
import { type Day, dayIn, textOf } from './oracle-days.ts';
import { Random } from './random.ts';
import { type Moves, randomCounts } from './random-counts.ts';
import { RandomDecisions } from './random-decisions.ts';
import { MODULES, type RandomOrganization, randomOrganization } from './random-organization.ts';

export interface YearOptions {
  readonly seed: number;
  readonly organizations: number;
  readonly days?: number;
  readonly moves: Moves;
}

const FIRST_DAY = dayIn('2026-01-05');

/** A year of an MSP as a plain log: everything that modules answer and people decide, night by night. */
export function randomYear({ seed, organizations, days = 365, moves }: YearOptions): EventLog {
  const random = new Random(seed);
  const customers = Array.from({ length: organizations }, (_, i) =>
    randomOrganization(random, String(i + 1), FIRST_DAY),
  );
  const usage = new Usage(random, customers, days, moves);
  const decisions = new RandomDecisions(random, customers);
  const services = customers.flatMap((customer) => customer.services);
  const first = textOf(FIRST_DAY);
  const steps: Step[] = [
    { date: first, kind: 'import-services', services },
    ...MODULES.map((module): Step => ({ date: first, kind: 'enable-module', module })),
  ];
  for (let day = FIRST_DAY; day < FIRST_DAY + days; day++) {
    const date = textOf(day);
    const isFirst = day === FIRST_DAY;
    if (isFirst || !random.chance(3)) steps.push({ date, kind: 'sync', answers: usage.of(day, isFirst) });
    const decided = decisions.of(day);
    steps.push(...decided);
    if (random.chance(decided.length > 0 ? 8 : 1))
      steps.push({ date, kind: 'sync', answers: usage.of(day, false, true) });
  }
  return {
    book: {
      modules: MODULES,
      organizations: customers.map(({ id }) => id),
      contracts: customers.flatMap(({ contracts }) => contracts),
      services,
      moduleOrganizations: customers.flatMap(({ moduleOrganizations }) => moduleOrganizations),
    },
    steps,
  };
}

/** What every module would answer on every day. */
class Usage {
  readonly #random: Random;
  readonly #moves: Moves;
  readonly #paths: { module: string; externalId: string; billingType: string; counts: number[] }[] = [];

  constructor(random: Random, customers: readonly RandomOrganization[], days: number, moves: Moves) {
    this.#random = random;
    this.#moves = moves;
    for (const { moduleOrganizations, lines } of customers) {
      const types = new Set(lines.flat().map(({ key }) => JSON.stringify([key.module, key.billingType])));
      for (const { module, externalId } of moduleOrganizations)
        for (const [own, billingType] of [...types].map((type) => JSON.parse(type) as [string, string]))
          if (own === module)
            this.#paths.push({ module, externalId, billingType, counts: randomCounts(random, days, moves) });
    }
  }

  /** @param again counted once more on the same day: some counts have moved */
  of(day: Day, complete: boolean, again = false): Record<string, Counts | 'failed'> {
    const answers: Record<string, Counts | 'failed'> = {};
    for (const module of MODULES) {
      if (!complete && this.#random.chance(4)) {
        answers[module] = 'failed';
        continue;
      }
      const counts: Record<string, Record<string, number>> = {};
      for (const path of this.#paths.filter((each) => each.module === module)) {
        const moved =
          again && this.#moves === 'wild' && this.#random.chance(20) ? this.#random.between(0, 3) : 0;
        const quantity = (path.counts[day - FIRST_DAY] ?? 0) + moved;
        // Absent from a complete answer is zero.
        if (quantity === 0) continue;
        counts[path.externalId] = { ...counts[path.externalId], [path.billingType]: quantity };
      }
      answers[module] = counts;
    }
    return answers;
  }
}
