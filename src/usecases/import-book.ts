import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { Contract, ContractService } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import { Organization } from '../domain/organization.ts';
import type { Snapshot } from '../ports/store.ts';
import { withHistory } from '../sync/price-history.ts';
import { billedOtherwise } from './billed-otherwise.ts';
import { readRows } from './book-rows.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { readBookCsv } from './read-book-csv.ts';
import { readCatalogue } from './read-catalogue.ts';
import { overlapsOfImport } from './service-mapping-conflicts.ts';

/** A contract service as it is imported: when it was read, and what it cost before, icb notes itself. */
const ImportedService = ContractService.omit({ readOn: true, pastPrices: true }).extend({
  /** Left out: what is known stays. Unknown is not zero. */
  units: ContractService.shape.units.unwrap().optional(),
});
export type ImportedService = z.infer<typeof ImportedService>;

export type BookKind = 'organizations' | 'contracts' | 'contractServices';

const Book = z.strictObject({
  organizations: z.array(z.unknown()).default([]),
  contracts: z.array(z.unknown()).default([]),
  contractServices: z.array(z.unknown()).default([]),
});

export interface Imported {
  readonly organizations: number;
  readonly contracts: number;
  readonly contractServices: number;
}

/**
 * Takes organizations, contracts and contract services into the local PSA, by id. One bad row refuses the whole file,
 * and the error lists every bad row. Errors: `bad-input`.
 */
export async function importBook(
  core: Core,
  { by, book }: { readonly by: Actor; readonly book: unknown },
): Promise<Imported> {
  if (core.psa.kind !== 'local')
    throw new IcbError(
      'bad-input',
      'Organizations and contracts come from the PSA itself; there is nothing to import.',
    );
  const parsed = Book.safeParse(book);
  if (!parsed.success)
    throw new IcbError(
      'bad-input',
      'The file needs the lists organizations, contracts and contractServices.',
      {
        details: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
      },
    );
  const organizations = readRows('organizations', Organization, parsed.data.organizations);
  const contracts = readRows('contracts', Contract, parsed.data.contracts);
  const services = readRows('contractServices', ImportedService, parsed.data.contractServices);
  return commit(core, by, async (snapshot) => {
    const known = async (kind: 'organizations' | 'contracts', inFile: readonly string[]) =>
      new Set<string>([...(await snapshot.list(kind)).map(({ id }) => id), ...inFile]);
    const organizationIds = await known('organizations', organizations.ids);
    const contractIds = await known('contracts', contracts.ids);
    refuse([
      ...organizations.problems,
      ...contracts.problems,
      ...services.problems,
      ...organizations.rows.flatMap(({ place, record: { id, parentId } }) =>
        parentId === undefined || (organizationIds.has(parentId) && parentId !== id)
          ? []
          : [`${place}, parentId: there is no organization "${parentId}" to stand under`],
      ),
      ...contracts.rows.flatMap(({ place, record: { organizationId } }) =>
        organizationIds.has(organizationId)
          ? []
          : [`${place}, organizationId: there is no organization "${organizationId}"`],
      ),
      ...services.rows.flatMap(({ place, record: { contractId } }) =>
        contractIds.has(contractId) ? [] : [`${place}, contractId: there is no contract "${contractId}"`],
      ),
      ...(await billedOtherwise(snapshot, contracts.rows, services.rows)),
    ]);
    const before = new Map(
      (await snapshot.list('contracts')).map((contract) => [contract.id as string, contract]),
    );
    refuse(
      overlapsOfImport(await snapshot.list('serviceMappings'), contracts.rows, {
        contracts: before,
        catalogue: await readCatalogue(snapshot),
      }),
    );
    const put = {
      organizations: organizations.rows.map(({ record }) => record),
      contracts: contracts.rows.map(({ record }) => record),
      contractServices: await withHistories(
        snapshot,
        services.rows.map(({ record }) => record),
        core.clock.today(),
      ),
    };
    const result = {
      organizations: put.organizations.length,
      contracts: put.contracts.length,
      contractServices: put.contractServices.length,
    };
    return {
      changes: { put },
      audit: {
        action: 'import-book',
        text: `Imported ${result.organizations} organizations, ${result.contracts} contracts, ${result.contractServices} contract services`,
      },
      result,
    };
  });
}

/** @throws IcbError `bad-input` when there is a problem, with all of them */
function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  const rows = new Set(problems.map((problem) => problem.split(/[,:]/)[0])).size;
  throw new IcbError(
    'bad-input',
    `${rows === 1 ? '1 row is' : `${rows} rows are`} wrong; nothing was imported. Correct the file and import it again.`,
    { details: problems },
  );
}

/** One CSV file of one kind, same column names as the JSON. Errors: `bad-input`. */
export async function importBookCsv(
  core: Core,
  { by, kind, csv }: { readonly by: Actor; readonly kind: BookKind; readonly csv: string },
): Promise<Imported> {
  return importBook(core, { by, book: { [kind]: readBookCsv(csv) } });
}

async function withHistories(
  snapshot: Snapshot,
  imported: readonly ImportedService[],
  today: IsoDate,
): Promise<ContractService[]> {
  const known = new Map((await snapshot.list('contractServices')).map((service) => [service.id, service]));
  return imported.map((service) => withHistory(known.get(service.id), service, today));
}
