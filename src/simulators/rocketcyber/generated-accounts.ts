import { companyNames } from '../kit/company-names.ts';
import { seededRandom } from '../kit/seeded.ts';
import type { SimCyberAccount } from './account.ts';
import { makeAgent, makeFirewall } from './makers.ts';

/** So many accounts, the same for the same seed. One in eight has no Microsoft 365 the vendor knows of. */
export function generatedAccounts({
  accounts,
  seed,
}: {
  readonly accounts: number;
  readonly seed: number;
}): SimCyberAccount[] {
  const random = seededRandom(seed);
  return companyNames(random, accounts).map((name, index) => {
    const id = 1_001 + index;
    const people = 2 + Math.floor(random() ** 2 * 80);
    return {
      id,
      name,
      agents: Array.from({ length: people }, (_, i) => makeAgent(id, i + 1, seed)),
      firewalls: Array.from({ length: index % 3 }, (_, i) => makeFirewall(id, i + 1)),
      officeUsers: index % 8 === 7 ? null : people + Math.floor(random() * 10),
    };
  });
}
