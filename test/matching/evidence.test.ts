import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { ModuleId, moduleOrganizationId } from '../../src/domain/ids.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization } from '../../src/domain/organization.ts';
import { type SuggestionInput, suggestMappings } from '../../src/matching/suggest-mappings.ts';

const RMM = ModuleId.parse('datto-rmm');

const organizations = (...names: string[]): Organization[] =>
  names.map((name, i) => Organization.parse({ id: `${i + 1}`, name, type: 'customer', active: true }));

const site = (name: string, other: object = {}): ModuleOrganization =>
  ModuleOrganization.parse({
    id: moduleOrganizationId(RMM, name),
    module: RMM,
    externalId: name,
    name,
    firstSeen: isoDate('2026-11-01'),
    lastSeen: isoDate('2026-11-24'),
    ...other,
  });

const suggest = (known: readonly string[], name: string, other: Partial<SuggestionInput> = {}) => {
  const [found] = suggestMappings({
    organizations: organizations(...known),
    moduleOrganizations: [site(name)],
    ...other,
  });
  if (!found) throw new Error('no suggestion came back');
  return found;
};

/** A list of customers in which the words of interest are as rare as in an MSP's own. */
const CUSTOMERS = [
  'Harbourlight Dental Practice',
  'Fennwick & Sons Ltd',
  'Cavendale Borough Council',
  'Ostermann Maschinenbau GmbH',
  'Quillstone Veterinary Surgery',
  'Brightwater Logistics BV',
  'Association for Rural Bee Keeping',
  'Tarnbeck Primary School',
];

describe('names that differ', () => {
  it.each([
    ['Fennwick and Sons - Warehouse', 'sure', '2', 'same name with “Warehouse” added'],
    ['Fennwick & Sons (Leeds office)', 'sure', '2', 'same name with “Leeds office” added'],
    ['Ostermann Maschinenbau - Zentrale', 'sure', '4', 'same name with “Zentrale” added'],
    ['Maschinenbau Ostermann', 'sure', '4', 'same words in another order'],
    ['BrightWater Logistics', 'sure', '6', 'same name without “BV”'],
    ['Bright Water Logistics', 'sure', '6', 'same letters, spaced otherwise'],
    ['brightwaterlogistics.nl', 'sure', '6', 'the web domain reads as the name'],
    ['Quilstone Veterinary Surgery', 'sure', '5', '“Quilstone” for “Quillstone”, a typo apart'],
    ['Harbourlight Dental', 'sure', '1', 'same name without “Practice”'],
    ['ARBK', 'sure', '7', '“ARBK” are the initials of “Association for Rural Bee Keeping”'],
  ])('%s is %s: %s, %s', (name, suggested, id, reason) => {
    const { class: found, candidates } = suggest(CUSTOMERS, name);
    expect(candidates[0]?.organizationId).toBe(id);
    expect(candidates[0]?.reason).toContain(reason);
    expect(found).toBe(suggested);
  });

  it.each([
    ['Mollington Institute', 'Sullington Institute'],
    ['27th Belfast Scouts', '37th Belfast Scouts'],
    ['P & M Builders', 'H & M Builders'],
    ['DSP Communications', 'DSC Communications'],
    ['East Oakham Clinic', 'West Oakham Clinic'],
    ['Chyron', 'Chiron'],
    ['Warwick School', 'Warwick District Council'],
    ['Bukidnon District II', 'Bukidnon District I'],
  ])('%s is never surely %s', (name, other) => {
    expect(suggest([...CUSTOMERS, other], name).class).not.toBe('sure');
  });

  it('offers two that fit equally well side by side', () => {
    const found = suggest(
      ['Meridian Logistics North', 'Meridian Logistics South', ...CUSTOMERS],
      'Meridian Logistics',
    );
    expect(found.class).toBe('ambiguous');
    expect(found.candidates.map(({ organizationId }) => organizationId)).toEqual(['1', '2']);
    for (const { confidence } of found.candidates) expect(confidence).toBeLessThan(0.6);
  });
});

describe('earlier decisions', () => {
  const confirmed = [
    { moduleOrganizationId: 'bcdr:1', name: 'Zephyr Group', module: 'Datto BCDR', organizationId: '2' },
  ];

  it('make a name known that no spelling leads to', () => {
    expect(suggest(CUSTOMERS, 'Zephyr Group').class).toBe('none');
    expect(suggest(CUSTOMERS, 'Zephyr Group Ltd', { confirmed })).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '2', reason: 'mapped in Datto BCDR under this name' }],
    });
  });

  it('support the same name', () => {
    const also = [{ ...confirmed[0], name: 'Fennwick & Sons' } as (typeof confirmed)[0]];
    expect(suggest(CUSTOMERS, 'Fennwick and Sons', { confirmed: also }).candidates).toMatchObject([
      { organizationId: '2', reason: 'same name without “Ltd”; also mapped in Datto BCDR' },
    ]);
  });

  it('in many modules do not crowd other organizations out', () => {
    const modules = Array.from({ length: 12 }, (_, n) => `Module ${n}`);
    const also = modules.map((module) => ({ ...confirmed[0], module, name: 'Fennwick Northgate' }));
    const found = suggest([...CUSTOMERS, 'Fennwick Northgate Harbour'], 'Fennwick Northgate Harbor', {
      confirmed: also as typeof confirmed,
    });
    expect(found.candidates.map(({ organizationId }) => organizationId)).toContain('9');
    expect(suggest(CUSTOMERS, 'Fennwick Northgate', { confirmed: also as typeof confirmed })).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '2', reason: expect.stringContaining('mapped in Module 0') }],
    });
  });

  it('that contradict a name are offered beside it', () => {
    const other = [{ ...confirmed[0], name: 'Tarnbeck Primary School' } as (typeof confirmed)[0]];
    expect(suggest(CUSTOMERS, 'Tarnbeck Primary School', { confirmed: other })).toMatchObject({
      class: 'ambiguous',
      candidates: [{ organizationId: '2' }, { organizationId: '8' }],
    });
  });

  it('refused are never offered again, in none of their spellings', () => {
    const rejected = [{ moduleOrganizationId: 'datto-rmm:Fennwick and Sons', organizationId: '2' }];
    expect(suggest(CUSTOMERS, 'Fennwick and Sons', { rejected })).toMatchObject({ class: 'none' });
    const twins = ['Fennwick & Sons', ...CUSTOMERS];
    const first = [{ ...rejected[0], organizationId: '1' } as (typeof rejected)[0]];
    expect(suggest(twins, 'Fennwick and Sons', { rejected: first })).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '3' }],
    });
  });

  it('on the one above are followed by the one below', () => {
    const child = site('Depot 7', { parentId: 'datto-rmm:Parent' });
    const parent = {
      moduleOrganizationId: 'datto-rmm:Parent',
      name: 'Parent',
      module: 'Datto RMM',
      organizationId: '4',
    };
    const [found] = suggestMappings({
      organizations: organizations(...CUSTOMERS),
      moduleOrganizations: [child],
      confirmed: [parent],
    });
    expect(found).toMatchObject({
      class: 'likely',
      candidates: [{ organizationId: '4', reason: '“Parent” above it is mapped to this organization' }],
    });
  });
});

describe('web domains', () => {
  const webDomains = (ours: string, theirs: string) => ({
    organizations: new Map([['3', [theirs]]]),
    moduleOrganizations: new Map([['datto-rmm:Town hall', [ours]]]),
  });

  it('shared by both decide', () => {
    const found = suggest(CUSTOMERS, 'Town hall', {
      webDomains: webDomains('www.cavendale.gov.uk', 'Cavendale.gov.uk'),
    });
    expect(found).toMatchObject({
      class: 'sure',
      candidates: [{ organizationId: '3', reason: 'same web domain cavendale.gov.uk' }],
    });
  });

  it('that everybody shares say nothing', () => {
    const found = suggest(CUSTOMERS, 'Town hall', { webDomains: webDomains('gmail.com', 'gmail.com') });
    expect(found.class).toBe('none');
  });
});
