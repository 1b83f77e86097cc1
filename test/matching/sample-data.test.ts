import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { SampleSite } from '../../src/demo/sample-site.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { Contract, notBillableBecause } from '../../src/domain/contract.ts';
import { ModuleId, moduleOrganizationId } from '../../src/domain/ids.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization, unmappableBecause } from '../../src/domain/organization.ts';
import { suggestMappings } from '../../src/matching/suggest-mappings.ts';

const sample = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/sample/${file}`, import.meta.url), 'utf8'));

const service = z.strictObject({
  id: z.string(),
  contractId: z.string(),
  service: z.string(),
  unitPrice: z.string(),
  unitCost: z.string().optional(),
  currency: z.literal('USD'),
  units: z.number().optional(),
});
const msp = z
  .strictObject({
    organizations: z.array(Organization),
    contracts: z.array(Contract),
    contractServices: z.array(service),
  })
  .parse(sample('msp.json'));
const sites = z.array(SampleSite).parse(sample('datto-rmm.json'));
const RMM = ModuleId.parse('datto-rmm');

const suggestions = suggestMappings({
  organizations: msp.organizations,
  moduleOrganizations: sites.map((site) =>
    ModuleOrganization.parse({
      id: moduleOrganizationId(RMM, site.uid),
      module: RMM,
      externalId: site.uid,
      name: site.name,
      hints: { organizationId: site.autotaskCompanyId },
      firstSeen: isoDate('2026-11-24'),
      lastSeen: isoDate('2026-11-24'),
    }),
  ),
});
const suggestionFor = (name: string) => suggestions[sites.findIndex((site) => site.name === name)];

describe('the sample MSP', () => {
  it('refers only to what it holds, under ids of their own', () => {
    for (const rows of [msp.organizations, msp.contracts, msp.contractServices]) {
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
    }
    const organizations = msp.organizations.map(({ id }) => id);
    for (const { organizationId } of msp.contracts) expect(organizations).toContain(organizationId);
    for (const { parentId } of msp.organizations) expect([undefined, ...organizations]).toContain(parentId);
    const contracts: string[] = msp.contracts.map(({ id }) => id);
    for (const { contractId } of msp.contractServices) expect(contracts).toContain(contractId);
  });

  it('bills Daily Mail desktop monitoring at 12.50', () => {
    const dailyMail = msp.organizations.find(({ name }) => name === 'Daily Mail');
    const contract = msp.contracts.find(({ organizationId }) => organizationId === dailyMail?.id);
    const services = msp.contractServices.filter(({ contractId }) => contractId === contract?.id);
    expect(contract && notBillableBecause(contract, services.length)).toBeUndefined();
    expect(services.find((each) => each.service === 'Desktop Monitoring')?.unitPrice).toBe('12.50');
  });

  it('shows every way an organization or contract can be refused', () => {
    expect(new Set(msp.organizations.map(unmappableBecause))).toEqual(
      new Set([
        undefined,
        'it is your own organization, which is never billed',
        'its type is dead',
        'its type is cancellation',
        'it is inactive',
      ]),
    );
    const servicesOf = (id: string) => msp.contractServices.filter((each) => each.contractId === id).length;
    expect(new Set(msp.contracts.map((each) => notBillableBecause(each, servicesOf(each.id)))).size).toBe(5);
  });
});

describe('the sample Datto RMM sites', () => {
  it('count by billing types of the catalogue', () => {
    for (const { counts } of sites) {
      for (const name of Object.keys(counts)) expect(BUILT_IN.billingType(RMM, name), name).toBeDefined();
    }
  });

  it('hold 14 devices of Daily Mail', () => {
    const counts = sites.find(({ name }) => name === 'Daily Mail')?.counts ?? {};
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(14);
  });

  it.each([
    ['Daily Mail', 'sure', 'same name'],
    ['Cafe Lumiere', 'sure', 'same name apart from accents'],
    ['Hartley and Sons', 'sure', 'same name without “Ltd”'],
    ['OBrien Architects', 'sure', 'same name apart from punctuation'],
    ['Greenfield Primary', 'sure', 'the module is linked to this organization'],
    ['Meridian Logistics', 'ambiguous', 'same name without “Ltd”'],
    ['Daily Mail - Warehouse', 'sure', 'same name with “Warehouse” added'],
    ['Sunset Travel Agency', 'none', undefined],
    ['Walker Family Office', 'none', undefined],
    ['Northwind Bench', 'none', undefined],
  ])('%s is %s: %s', (name, suggested, reason) => {
    expect(suggestionFor(name)?.class).toBe(suggested);
    expect(suggestionFor(name)?.candidates[0]?.reason).toBe(reason);
  });
});
