import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { overlaps } from '../../src/catalog/overlaps.ts';
import { filledHistory } from '../../src/demo/filled-history.ts';
import { SampleSite } from '../../src/demo/sample-site.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { Contract, ContractService, notBillableBecause } from '../../src/domain/contract.ts';
import { ModuleState } from '../../src/domain/module.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization, unmappableBecause } from '../../src/domain/organization.ts';
import { OrganizationMapping } from '../../src/domain/organization-mapping.ts';
import { ServiceMapping } from '../../src/domain/service-mapping.ts';
import { countOf, UsageReport } from '../../src/domain/usage-count.ts';

const sample = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../data/sample/${file}`, import.meta.url), 'utf8'));

const TODAY = isoDate('2026-11-24');
const msp = z
  .object({
    organizations: z.array(Organization),
    contracts: z.array(Contract),
    contractServices: z.array(
      z.looseObject({}).transform((row) => ContractService.parse({ ...row, readOn: TODAY })),
    ),
  })
  .parse(sample('msp.json'));
const sites = z.array(SampleSite).parse(sample('datto-rmm.json'));

const input = { ...msp, sites, today: TODAY, by: SYSTEM, seed: 7 };
const history = filledHistory(input);
const mappedServices = history.serviceMappings.filter((mapping) => mapping.status === 'mapped');
const reportsOf = (module: string) => history.usageReports.filter((report) => report.module === module);

describe('the filled history', () => {
  it.each([
    ['module states', ModuleState, history.moduleStates, 4],
    ['module organizations', ModuleOrganization, history.moduleOrganizations, 30],
    ['organization mappings', OrganizationMapping, history.organizationMappings, 25],
    ['service mappings', ServiceMapping, history.serviceMappings, 200],
    ['usage reports', UsageReport, history.usageReports, 1000],
  ])('has %s the domain accepts, each with an id of its own', (_, schema, records, atLeast) => {
    expect(z.array(schema as z.ZodType).parse(records)).toEqual(records);
    expect(records.length).toBeGreaterThanOrEqual(atLeast);
    expect(new Set(records.map((record) => record.id)).size).toBe(records.length);
  });

  it('is the same for the same seed and another for another', () => {
    expect(filledHistory(input)).toEqual(history);
    expect(filledHistory({ ...input, seed: 8 }).usageReports).not.toEqual(history.usageReports);
  });

  it('maps only organizations that can be mapped, once each module organization', () => {
    const known = new Map(msp.organizations.map((organization) => [organization.id, organization]));
    const ours = new Set(history.moduleOrganizations.map(({ id }) => id));
    for (const mapping of history.organizationMappings) {
      const organization = mapping.status === 'mapped' ? known.get(mapping.organizationId) : undefined;
      expect(ours).toContain(mapping.id);
      expect(organization && unmappableBecause(organization)).toBeUndefined();
      expect(organization).toBeDefined();
    }
  });

  it('leaves for a person what is not sure', () => {
    const decided = new Set(history.organizationMappings.map(({ id }) => id));
    const open = history.moduleOrganizations.filter(({ id }) => !decided.has(id)).map(({ name }) => name);
    expect(open).toEqual(
      expect.arrayContaining(['Daily Mail - Warehouse', 'Meridian Logistics', 'Walker Family Office']),
    );
  });

  it('bills only on billable contracts of mapped organizations, on services of that contract', () => {
    const mapped = new Set(
      history.organizationMappings.map(
        (each) => `${each.module} ${each.status === 'mapped' && each.organizationId}`,
      ),
    );
    for (const mapping of history.serviceMappings) {
      const contract = msp.contracts.find((each) => each.id === mapping.contractId);
      const services = msp.contractServices.filter((each) => each.contractId === mapping.contractId);
      expect(contract && notBillableBecause(contract, services.length)).toBeUndefined();
      expect(mapped).toContain(`${mapping.module} ${contract?.organizationId}`);
      expect(BUILT_IN.billingType(mapping.module, mapping.billingType)).toBeDefined();
      if (mapping.status !== 'mapped') continue;
      expect(services.find((each) => each.id === mapping.contractServiceId)?.units).toBe(0);
      expect(mapping.since >= (contract?.startDate ?? '') && mapping.since < TODAY).toBe(true);
    }
  });

  it('bills no device twice, and one organization and billing type on one contract', () => {
    const grouped = Object.values(
      Object.groupBy(mappedServices, (each) => `${each.contractId} ${each.module}`),
    );
    expect(grouped.length).toBeGreaterThan(20);
    for (const group of grouped as (typeof mappedServices)[]) {
      const names = group.map((each) => each.billingType);
      const module = BUILT_IN.find(group[0]?.module ?? '');
      expect(module && overlaps(module, names)).toEqual([]);
    }
    const organizationOf = new Map(msp.contracts.map((each) => [each.id, each.organizationId]));
    const contracts = new Set(mappedServices.map((each) => each.contractId));
    expect(new Set([...contracts].map((id) => organizationOf.get(id))).size).toBe(contracts.size);
  });

  it('gives services shared by billing types one module and one unit rule, and uses both rules', () => {
    const shared = Map.groupBy(mappedServices, (each) => each.contractServiceId);
    for (const group of shared.values()) {
      expect(new Set(group.map((each) => `${each.module} ${each.unitRule}`)).size).toBe(1);
    }
    expect(new Set(mappedServices.map((each) => each.unitRule))).toEqual(
      new Set(['prorate-daily', 'next-period']),
    );
  });
});

describe('its usage counts', () => {
  it.each([
    ['datto-rmm', '2025-11-24', 365],
    ['datto-bcdr', '2025-11-24', 365],
    ['saas-protection', '2026-03-24', 245],
    ['rocketcyber', '2026-06-24', 153],
  ])('of %s are complete from %s through yesterday', (module, first, days) => {
    const reports = reportsOf(module);
    expect(reports).toHaveLength(days);
    expect(reports[0]?.date).toBe(first);
    expect(reports.at(-1)?.date).toBe('2026-11-23');
    expect(reports.every((report) => report.complete)).toBe(true);
  });

  it('leave zeros out and add up', () => {
    for (const report of reportsOf('datto-rmm')) {
      for (const counts of Object.values(report.counts)) {
        expect(Object.values(counts).every((count) => count > 0)).toBe(true);
        const { AllDevicesMetric, 'Desktop & Laptop': workstations = 0, ...leaves } = counts;
        expect(workstations).toBe((leaves.Desktop ?? 0) + (leaves.Laptop ?? 0));
        expect(AllDevicesMetric).toBe(Object.values(leaves).reduce((sum, count) => sum + count, 0));
      }
    }
  });

  it('change on few days, by a little, and grow over the year', () => {
    for (const module of ['datto-rmm', 'saas-protection', 'rocketcyber']) {
      const reports = reportsOf(module);
      const total = (report: UsageReport | undefined): number =>
        Object.values(report?.counts ?? {}).reduce(
          (sum, counts) => sum + Object.values(counts).reduce((a, b) => a + b, 0),
          0,
        );
      expect(total(reports.at(-1))).toBeGreaterThan(total(reports[0]));
    }
    const dailyMail = history.moduleOrganizations.find(({ name }) => name === 'Daily Mail');
    const course = reportsOf('datto-rmm').map((report) =>
      Number(report.counts[dailyMail?.externalId ?? '']?.AllDevicesMetric),
    );
    const steps = course.slice(1).map((count, day) => count - (course[day] ?? Number.NaN));
    const changes = steps.filter((step) => step !== 0);
    expect(changes.length).toBeGreaterThan(5);
    expect(changes.length).toBeLessThan(60);
    expect(Math.max(...changes.map(Math.abs))).toBeLessThanOrEqual(3);
    expect(Math.min(...changes)).toBeLessThan(0);
  });

  it('end a step away from what the Datto RMM sites hold today', () => {
    const yesterday = reportsOf('datto-rmm').at(-1);
    if (!yesterday) throw new Error('no report of yesterday');
    const steps = sites.flatMap(({ uid, counts }) =>
      Object.entries(counts).map(([name, today]) => {
        const type = BUILT_IN.billingType('datto-rmm', name);
        return Math.abs(today - ((type && countOf(yesterday, uid, type.name)) ?? Number.NaN));
      }),
    );
    expect(Math.max(...steps)).toBeLessThanOrEqual(2);
  });
});
