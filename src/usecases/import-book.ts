import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { Contract, ContractService } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import { Organization } from '../domain/organization.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';

/** A contract service as it is imported: when it was read, and what it cost before, icb notes itself. */
const ImportedService = ContractService.omit({ readOn: true, pastPrices: true });
type ImportedService = z.infer<typeof ImportedService>;

const KINDS = {
  organizations: Organization,
  contracts: Contract,
  contractServices: ImportedService,
} as const;
export type BookKind = keyof typeof KINDS;

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
  const problems: string[] = [];
  const organizations = rows('organizations', parsed.data.organizations, problems) as Organization[];
  const contracts = rows('contracts', parsed.data.contracts, problems) as Contract[];
  const contractServices = rows(
    'contractServices',
    parsed.data.contractServices,
    problems,
  ) as ImportedService[];
  return commit(core, by, async (snapshot) => {
    const all = [...problems, ...(await dangling(snapshot, organizations, contracts, contractServices))];
    if (all.length > 0)
      throw new IcbError(
        'bad-input',
        `${all.length === 1 ? '1 row is' : `${all.length} rows are`} wrong; nothing was imported. Correct the file and import it again.`,
        { details: all },
      );
    const services = await withHistory(snapshot, contractServices, core.clock.today());
    const result = {
      organizations: organizations.length,
      contracts: contracts.length,
      contractServices: contractServices.length,
    };
    return {
      changes: { put: { organizations, contracts, contractServices: services } },
      audit: {
        action: 'import-book',
        text: `Imported ${result.organizations} organizations, ${result.contracts} contracts, ${result.contractServices} contract services`,
      },
      result,
    };
  });
}

/** One CSV file of one kind, same column names as the JSON. Errors: `bad-input`. */
export function importBookCsv(
  core: Core,
  { by, kind, csv }: { readonly by: Actor; readonly kind: BookKind; readonly csv: string },
): Promise<Imported> {
  return importBook(core, { by, book: { [kind]: readCsv(csv) } });
}

function readCsv(csv: string): Record<string, unknown>[] {
  try {
    const lines: Record<string, string>[] = parse(csv, {
      columns: true,
      skip_empty_lines: true,
      trim: true,
      bom: true,
    });
    return lines.map((line) =>
      Object.fromEntries(
        Object.entries(line).flatMap(([name, text]) => (text === '' ? [] : [[name, typed(name, text)]])),
      ),
    );
  } catch (error) {
    const because = error instanceof Error ? error.message : 'it is not CSV';
    throw new IcbError('bad-input', `The CSV file cannot be read: ${because}. Nothing was imported.`);
  }
}

/** CSV holds text only; two columns are something else. */
function typed(name: string, text: string): unknown {
  if (name === 'active')
    return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text;
  if (name === 'units') return /^\d+$/.test(text) ? Number(text) : text;
  return text;
}

function rows(kind: BookKind, given: readonly unknown[], problems: string[]): unknown[] {
  const seen = new Set<string>();
  return given.flatMap((row, index) => {
    const parsed = KINDS[kind].safeParse(row);
    const place = `${kind} row ${index + 1}`;
    if (!parsed.success) {
      for (const issue of parsed.error.issues)
        problems.push(`${place}, ${issue.path.join('.') || 'row'}: ${issue.message}`);
      return [];
    }
    if (seen.has(parsed.data.id)) problems.push(`${place}, id: "${parsed.data.id}" is there twice`);
    seen.add(parsed.data.id);
    return [parsed.data];
  });
}

async function dangling(
  snapshot: Snapshot,
  organizations: readonly Organization[],
  contracts: readonly Contract[],
  services: readonly ImportedService[],
): Promise<string[]> {
  const ids = async (kind: 'organizations' | 'contracts', added: readonly { readonly id: string }[]) =>
    new Set<string>([...(await snapshot.list(kind)), ...added].map((record) => record.id));
  const organizationIds = await ids('organizations', organizations);
  const contractIds = await ids('contracts', contracts);
  return [
    ...organizations.flatMap(({ id, parentId }, i) =>
      parentId === undefined || (organizationIds.has(parentId) && parentId !== id)
        ? []
        : [`organizations row ${i + 1}, parentId: there is no organization "${parentId}" to stand under`],
    ),
    ...contracts.flatMap(({ organizationId }, i) =>
      organizationIds.has(organizationId)
        ? []
        : [`contracts row ${i + 1}, organizationId: there is no organization "${organizationId}"`],
    ),
    ...services.flatMap(({ contractId }, i) =>
      contractIds.has(contractId)
        ? []
        : [`contractServices row ${i + 1}, contractId: there is no contract "${contractId}"`],
    ),
  ];
}

/** Keeps the prices that were in force until today, and the day units were first read. */
async function withHistory(
  snapshot: Snapshot,
  imported: readonly ImportedService[],
  today: IsoDate,
): Promise<ContractService[]> {
  const known = new Map((await snapshot.list('contractServices')).map((service) => [service.id, service]));
  return imported.map((service): ContractService => {
    const before = known.get(service.id);
    if (!before) return { ...service, readOn: today, pastPrices: [] };
    const samePrice = before.unitPrice === service.unitPrice && before.unitCost === service.unitCost;
    const past = {
      unitPrice: before.unitPrice,
      ...(before.unitCost ? { unitCost: before.unitCost } : {}),
      replacedOn: today,
    };
    // Corrected twice on one day: the price before that day is the one that was in force.
    const already = before.pastPrices.at(-1)?.replacedOn === today;
    return {
      ...service,
      readOn: before.units === service.units ? before.readOn : today,
      pastPrices: samePrice || already ? before.pastPrices : [...before.pastPrices, past],
    };
  });
}
