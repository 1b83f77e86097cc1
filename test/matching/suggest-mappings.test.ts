import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { ModuleId, moduleOrganizationId } from '../../src/domain/ids.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization } from '../../src/domain/organization.ts';
import { suggestMappings } from '../../src/matching/suggest-mappings.ts';

const RMM = ModuleId.parse('datto-rmm');

const organization = (id: string, name: string, other: object = {}): Organization =>
  Organization.parse({ id, name, type: 'customer', active: true, ...other });

const site = (name: string, organizationId?: string): ModuleOrganization =>
  ModuleOrganization.parse({
    id: moduleOrganizationId(RMM, name),
    module: RMM,
    externalId: name,
    name,
    hints: { organizationId },
    firstSeen: isoDate('2026-11-01'),
    lastSeen: isoDate('2026-11-24'),
  });

const suggest = (organizations: Organization[], name: string, organizationId?: string) => {
  const [suggestion] = suggestMappings({ moduleOrganizations: [site(name, organizationId)], organizations });
  if (!suggestion) throw new Error('no suggestion came back');
  return suggestion;
};

describe('one organization of the same name', () => {
  it.each([
    ['Daily Mail', 'Daily Mail', 'same name'],
    ['Daily Mail', ' Daily  Mail', 'same name'],
    ['Daily Mail', 'DAILY MAIL', 'same name apart from capitals'],
    ['Café Lumière', 'cafe lumiere', 'same name apart from accents'],
    ['Hartley & Sons', 'Hartley and Sons', 'same name, “&” written as “and”'],
    ["O'Brien Architects", 'OBrien Architects', 'same name apart from punctuation'],
    ['Hartley & Sons Ltd', 'Hartley and Sons', 'same name without “Ltd”'],
    ['Acme, Inc.', 'Acme Limited', 'same name without “Limited” and “Inc.”'],
    ['The Harbour Hotel', 'Harbour Hotel', 'same name without “The”'],
    ['The Harbour Hotel Pty Ltd', 'Harbour Hotel', 'same name without “The” and “Pty Ltd”'],
    ['Marks & Company', 'Marks & Co', 'same name, “Company” written as “Co”'],
    ['トヨタ自動車株式会社', 'トヨタ自動車', 'same name without “株式会社”'],
  ])('%j and %j: %s', (name, siteName, reason) => {
    const suggestion = suggest([organization('7', name), organization('8', 'Somebody Else')], siteName);
    expect(suggestion.class).toBe('sure');
    expect(suggestion.candidates).toMatchObject([{ organizationId: '7', reason }]);
    expect(suggestion.candidates[0]?.confidence).toBeGreaterThanOrEqual(0.95);
  });
});

describe('a link the module holds', () => {
  const organizations = [
    organization('1', 'Alpha'),
    organization('2', 'Beta'),
    organization('0', 'Northwind IT'),
    organization('3', 'Gone', { type: 'dead' }),
  ];
  const linked = 'the module is linked to this organization';

  it('is sure, whatever the name', () => {
    expect(suggest(organizations, 'Head office', '1')).toEqual({
      moduleOrganizationId: 'datto-rmm:Head office',
      class: 'sure',
      candidates: [{ organizationId: '1', confidence: 0.99, reason: linked }],
    });
  });

  it('decides between organizations of the same name', () => {
    const twins = [organization('1', 'Alpha'), organization('9', 'Alpha Ltd')];
    expect(suggest(twins, 'Alpha', '9')).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '9', confidence: 0.99 }],
    });
  });

  it('that disagrees with the name is ambiguous, with both reasons', () => {
    expect(suggest(organizations, 'Beta', '1')).toMatchObject({
      class: 'ambiguous',
      candidates: [
        { organizationId: '1', reason: linked },
        { organizationId: '2', reason: 'same name' },
      ],
    });
  });

  it.each([
    ['an unknown organization', '404'],
    ['the own organization', '0'],
    ['a dead organization', '3'],
  ])('to %s is ignored', (_, hint) => {
    expect(suggest(organizations, 'Beta', hint)).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '2' }],
    });
    expect(suggest(organizations, 'Head office', hint)).toMatchObject({ class: 'none', candidates: [] });
  });
});

describe('several organizations of the same name', () => {
  it('are offered side by side, closest first, none of them confidently', () => {
    const organizations = [
      organization('5', 'Meridian Logistics, Inc.'),
      organization('4', 'Meridian Logistics Ltd'),
      organization('6', 'Meridian Logistics'),
    ];
    const suggestion = suggest(organizations, 'Meridian Logistics');
    expect(suggestion.class).toBe('ambiguous');
    expect(suggestion.candidates.map((candidate) => candidate.organizationId)).toEqual(['6', '4', '5']);
    for (const candidate of suggestion.candidates) expect(candidate.confidence).toBeLessThan(0.5);
  });
});

describe('organizations that cannot be mapped', () => {
  it.each([
    ['dead', { type: 'dead' }],
    ['cancelled', { type: 'cancellation' }],
    ['inactive', { active: false }],
    ['our own', { id: '0' }],
  ])('are not offered when %s', (_, other) => {
    expect(suggest([organization('1', 'Daily Mail', other)], 'Daily Mail').class).toBe('none');
  });

  it('do not make another of the same name ambiguous', () => {
    const organizations = [
      organization('1', 'Daily Mail', { active: false }),
      organization('2', 'Daily Mail'),
    ];
    expect(suggest(organizations, 'Daily Mail')).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '2' }],
    });
  });
});

describe('suggestMappings', () => {
  it('answers each module organization, in order', () => {
    const moduleOrganizations = [site('Nobody'), site('Daily Mail'), site('Nobody Else')];
    const suggestions = suggestMappings({
      moduleOrganizations,
      organizations: [organization('1', 'Daily Mail')],
    });
    expect(suggestions.map((each) => each.class)).toEqual(['none', 'sure', 'none']);
    expect(suggestions.map((each) => each.moduleOrganizationId)).toEqual(
      moduleOrganizations.map((each) => each.id),
    );
  });

  it('takes nothing from names that read like object keys', () => {
    expect(suggest([organization('1', 'constructor')], '__proto__').class).toBe('none');
  });
});
