import { ContractServiceId } from '../../domain/ids.ts';
import type { PsaCall, PsaUnits, RemotePsa } from '../../ports/psa.ts';
import { ContractService, ContractServiceUnit } from './api-types.ts';
import { type Filter, idNumber } from './filter.ts';
import { rowUnitPrice } from './prices.ts';
import { readAll } from './read-all.ts';
import type { Reading } from './read-book.ts';
import type { Session } from './session.ts';
import { together } from './together.ts';
import { serviceKey, soleServices } from './units-in-force.ts';

/**
 * Unit rows that reach `from` or later. The row of a period that was posted is among them: what has been posted is told by
 * the day it was.
 */
export function readUnits(
  { session, memory }: Pick<Reading, 'session' | 'memory'>,
  asked: Parameters<RemotePsa['readUnits']>[0],
  call: PsaCall,
): Promise<readonly PsaUnits[]> {
  const { from, begunFrom, through, contractServiceIds } = asked;
  const filter: Filter[] = [{ op: 'gte', field: 'endDate', value: from }];
  if (begunFrom) filter.push({ op: 'gte', field: 'startDate', value: begunFrom });
  if (through) filter.push({ op: 'lte', field: 'startDate', value: through });
  if (contractServiceIds) {
    filter.push({ op: 'in', field: 'contractServiceID', value: contractServiceIds.map(idNumber) });
  }
  return together(call, async (inner) => {
    const query = { entity: 'ContractServiceUnits', filter, row: ContractServiceUnit };
    const rows = await readAll(session, query, inner);
    const serviceOf = await contractServiceOf(session, rows, inner);
    return rows.flatMap((row): PsaUnits[] => {
      const contractServiceId = serviceOf(row);
      if (contractServiceId === undefined) return [];
      const unitPrice = rowUnitPrice(row, memory.unitPrices.get(contractServiceId));
      return [
        {
          id: row.id,
          contractServiceId,
          start: row.startDate,
          end: row.endDate,
          units: row.units,
          ...(unitPrice === undefined ? {} : { unitPrice }),
          ...(row.approveAndPostDate ? { postedOn: row.approveAndPostDate } : {}),
        },
      ];
    });
  });
}

interface OnContract {
  readonly contractServiceID: string | null;
  readonly contractID: string | null;
  readonly serviceID: string | null;
}

/** Old rows name contract and service only; their contract services are asked for where there are such. */
export async function contractServiceOf(
  session: Session,
  rows: readonly OnContract[],
  call: PsaCall,
): Promise<(row: OnContract) => ContractServiceId | undefined> {
  const unnamed = rows.filter(({ contractServiceID }) => contractServiceID === null);
  const contracts = [...new Set(unnamed.flatMap(({ contractID }) => contractID ?? []))].map(idNumber);
  const filter: Filter[] = [{ op: 'in', field: 'contractID', value: contracts }];
  const services =
    contracts.length === 0
      ? []
      : await readAll(session, { entity: 'ContractServices', filter, row: ContractService }, call);
  const sole = soleServices(services);
  return (row) => {
    const id = row.contractServiceID ?? sole.get(serviceKey(row));
    return id === undefined ? undefined : ContractServiceId.parse(id);
  };
}
