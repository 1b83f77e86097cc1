import type { ContractService, ContractServiceUnit } from './api-types.ts';

/** Contract service ids by contract and service: for rows that name no contract service. */
export function soleServices(rows: readonly ContractService[]): ReadonlyMap<string, string> {
  const found = Map.groupBy(rows, ({ contractID, serviceID }) => `${contractID}/${serviceID}`);
  // A contract may hold a service twice; then such a row tells nothing.
  return new Map(
    [...found].flatMap(([key, [one, ...more]]) => (one && more.length === 0 ? [[key, one.id]] : [])),
  );
}

export const serviceKey = ({
  contractID,
  serviceID,
}: {
  readonly contractID: string | null;
  readonly serviceID: string | null;
}): string => `${contractID}/${serviceID}`;

/** Units by contract service, from the rows that cover one day: of several, the one that began last. */
export function unitsInForce(
  rows: readonly ContractServiceUnit[],
  services: readonly ContractService[],
): ReadonlyMap<string, number> {
  const sole = soleServices(services);
  const inForce = new Map<string, ContractServiceUnit>();
  for (const row of rows) {
    const id = row.contractServiceID ?? sole.get(serviceKey(row));
    if (id === undefined) continue;
    const known = inForce.get(id);
    if (known === undefined || known.startDate < row.startDate) inForce.set(id, row);
  }
  return new Map([...inForce].map(([id, { units }]) => [id, units]));
}
