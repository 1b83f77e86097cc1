import { companyNames } from '../kit/company-names.ts';
import { seededRandom } from '../kit/seeded.ts';
import { client, type SimBackupAccount, type SimClient, type SimSaasCustomer } from './account.ts';
import { type Kind, makeAppliance, makeAsset, makeSeat } from './kinds.ts';

/** Up to `most`, uneven as customers differ in size. */
const upTo = (random: () => number, most: number): number => Math.floor(random() ** 2 * (most + 1));

const list = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i + 1));

/**
 * So many clients, the same for the same seed: two of three have an appliance, every second protects its cloud mail,
 * some back up machines straight to the cloud; one appliance belongs to nobody and one is hidden.
 */
export function generatedAccount({
  clients,
  seed,
}: {
  readonly clients: number;
  readonly seed: number;
}): SimBackupAccount {
  const random = seededRandom(seed);
  const customers = companyNames(random, clients).map((name, index): SimClient => {
    const assets = (['PC', 'server', 'Azure VM'] as Kind[]).flatMap((kind, i) =>
      list(index % 3 === i ? 1 + upTo(random, 12) : 0, (number) => makeAsset(name, kind, number, seed)),
    );
    return client(40_000 + index, name, {
      devices: list(index % 3 === 2 ? 0 : 1 + upTo(random, 2), (number) => ({
        ...makeAppliance(name, number, seed),
        agents: 1 + upTo(random, 20),
        shares: upTo(random, 4),
        hidden: index === 1 && number === 1,
      })),
      assets,
      saas: index % 2 === 0 ? [saasCustomer(name, index, random, seed)] : [],
    });
  });
  const nobody = client(0, null, { devices: [makeAppliance('spare', 1, seed)] });
  return { name: 'Generated MSP', clients: [...customers, nobody] };
}

function saasCustomer(name: string, index: number, random: () => number, seed: number): SimSaasCustomer {
  const domain = `${name.toLowerCase().replace(/[^a-z0-9]/g, '')}.onmicrosoft.com`;
  const users = 3 + upTo(random, 60);
  return {
    id: 53_000 + index,
    name,
    domains: [domain],
    seats: [
      ...list(users, (number) => makeSeat(domain, 'Active', number, seed)),
      ...list(upTo(random, 3), (number) => makeSeat(domain, 'Paused', users + number, seed)),
      ...list(upTo(random, 6), (number) => makeSeat(domain, 'Archived', users + 10 + number, seed)),
      ...list(2, (number) => makeSeat(domain, 'Unprotected', users + 30 + number, seed)),
      {
        ...makeSeat(domain, 'Active', users + 40, seed),
        mainId: `info@${domain}`,
        name: 'Info',
        seatType: 'SharedMailbox',
        billable: false,
      },
    ],
  };
}
