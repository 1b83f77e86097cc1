import { expect, it } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { ModuleId, moduleOrganizationId, OrganizationId } from '../../src/domain/ids.ts';
import type { ModuleOrganization } from '../../src/domain/module-organization.ts';
import type { Organization } from '../../src/domain/organization.ts';
import { suggestMappings } from '../../src/matching/suggest-mappings.ts';

const RMM = ModuleId.parse('datto-rmm');
const organization = (id: string, name: string, parentId?: string): Organization => ({
  id: OrganizationId.parse(id),
  name,
  type: 'customer',
  active: true,
  ...(parentId ? { parentId: OrganizationId.parse(parentId) } : {}),
});
const site = (name: string): ModuleOrganization => ({
  id: moduleOrganizationId(RMM, name),
  module: RMM,
  externalId: name,
  name,
  hints: {},
  firstSeen: isoDate('2026-11-01'),
  lastSeen: isoDate('2026-11-24'),
});
const suggest = (organizations: readonly Organization[], name: string) =>
  suggestMappings({ organizations, moduleOrganizations: [site(name)] })[0];

const BOOK = [
  organization('0', 'Northwind IT'),
  organization('1', 'Quillstone Ltd', '0'),
  organization('2', 'Leeds Branch', '1'),
  organization('3', 'York Branch', '1'),
  organization('4', 'Kestrel Dental', '0'),
  organization('5', 'Leeds Branch', '4'),
];

it.each([
  ['Quillstone', 'sure', ['1']],
  ['Quillstone - Leeds Branch', 'sure', ['2']],
  ['QUILLSTONE (York)', 'sure', ['3']],
  ['Kestrel Dental, Leeds Branch', 'sure', ['5']],
  // What fits about as well stands side by side, the head office too.
  ['Leeds Branch', 'ambiguous', ['2', '5']],
  ['Quillstone Branch', 'ambiguous', ['2', '1', '3']],
  // A place that no branch has: the head office, as if it had none.
  ['Quillstone Hull', 'likely', ['1']],
  // The MSP above all customers is no part of their names.
  ['Northwind IT lab', 'none', []],
])('%s among head offices and branches is %s: %j', (name, found, ids) => {
  const suggestion = suggest(BOOK, name);
  expect([suggestion?.class, suggestion?.candidates.map((each) => each.organizationId)]).toEqual([
    found,
    ids,
  ]);
});

it('says which head office a branch stands below', () => {
  expect(suggest(BOOK, 'Quillstone - Leeds Branch')?.candidates[0]?.reason).toBe(
    'it names “Quillstone Ltd” and, below it in the PSA, “Leeds Branch”',
  );
  expect(suggest(BOOK, 'Quillstone - Leeds')?.candidates[0]?.reason).toBe(
    '“Leeds Branch” stands below “Quillstone Ltd” in the PSA: same name without “Branch”',
  );
});
