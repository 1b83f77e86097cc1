import type { Core } from '../../src/usecases/core.ts';
import { listOrganizations } from '../../src/usecases/list-organizations.ts';
import { type MappingSheetRow, mappingSheet } from '../../src/usecases/mapping-sheet.ts';
import { suggestedChange } from './mapping-change.ts';
import type { MappingQuery } from './mapping-query.ts';

export interface OrganizationCell {
  readonly mapped: readonly MappingSheetRow[];
  /** Module organizations that nobody decided on and that could well be this one's. */
  readonly offered: readonly MappingSheetRow[];
}

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  /** By module. */
  readonly cells: ReadonlyMap<string, OrganizationCell>;
}

/** More would make the page heavy; whatever is typed is found all the same. */
const MOST_OPEN = 300;

/**
 * Organizations that usage can bill, with what is mapped and suggested a module. State `open`: those with a suggestion or
 * with nothing mapped at all; `mapped`: those with something mapped.
 */
export async function organizationRows(
  core: Core,
  { filter: { state, module, search } }: Pick<MappingQuery, 'filter'>,
): Promise<{
  readonly rows: readonly OrganizationRow[];
  readonly open: ReadonlyMap<string, readonly string[]>;
}> {
  const [sheet, organizations] = await Promise.all([
    mappingSheet(core, { module }),
    listOrganizations(core, { search: search ?? '', mappableOnly: true }),
  ]);
  const mapped = Map.groupBy(
    sheet.filter(({ mapping }) => mapping.status === 'mapped'),
    ({ mapping }) => mapping.organizationId ?? '',
  );
  const offered = Map.groupBy(
    sheet.filter(suggestedChange),
    (row) => row.suggestion?.candidates[0]?.organizationId ?? '',
  );
  const rows = organizations
    .map(({ id, name }) => ({ id, name, cells: cellsOf(mapped.get(id) ?? [], offered.get(id) ?? []) }))
    .filter(({ id }) => {
      if (state === 'open') return offered.has(id) || !mapped.has(id);
      return state === 'all' || (state === 'mapped' && mapped.has(id));
    });
  const undecided = Map.groupBy(
    sheet.filter(({ mapping }) => mapping.status === 'unmapped'),
    (row) => row.module,
  );
  const open = new Map(
    [...undecided].map(([id, all]) => [id as string, all.slice(0, MOST_OPEN).map(({ name }) => name)]),
  );
  return { rows, open };
}

function cellsOf(
  mapped: readonly MappingSheetRow[],
  offered: readonly MappingSheetRow[],
): Map<string, OrganizationCell> {
  const modules = new Set([...mapped, ...offered].map((row) => row.module));
  return new Map(
    [...modules].map((module) => [
      module,
      {
        mapped: mapped.filter((row) => row.module === module),
        offered: offered.filter((row) => row.module === module),
      },
    ]),
  );
}
