import type { World } from '../world.ts';
import type { Named } from './control-page.ts';

/** The company or contract a deep link's address names by a number in its query or path, if there is such a one. */
export function namedIn({ tables }: World, url: URL): Named {
  const numbers = [...url.searchParams.values(), ...url.pathname.split('/')]
    .filter((text) => /^\d{1,15}$/.test(text))
    .map(Number);
  const contractId = numbers.find((id) => tables.row('Contracts', id) !== undefined);
  if (contractId !== undefined) return { contractId };
  const companyId = numbers.find((id) => tables.row('Companies', id) !== undefined);
  return companyId === undefined ? {} : { companyId };
}
