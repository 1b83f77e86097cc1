import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { ContractService } from '../../src/domain/contract.ts';
import { type ConfirmedService, suggestService } from '../../src/matching/suggest-services.ts';

const suggest = (moduleId: string, name: string, services: string[], confirmed: ConfirmedService[] = []) => {
  const module = BUILT_IN.find(moduleId);
  const billingType = BUILT_IN.billingType(moduleId, name);
  if (!module || !billingType) throw new Error(`the catalogue lacks ${moduleId} ${name}`);
  const contractServices = services.map((service, index) =>
    ContractService.parse({
      id: `s${index}`,
      contractId: 'c1',
      service,
      unitPrice: '1.00',
      currency: 'USD',
      readOn: '2026-11-01',
    }),
  );
  return suggestService({ module, billingType, services: contractServices, confirmed });
};

describe('suggestService', () => {
  it.each([
    ['datto-rmm', 'Server', 'Datto RMM – Servers', 'the service is named after Servers'],
    ['datto-rmm', 'Server', 'Servers', 'the service is named after Servers'],
    ['datto-rmm', 'AllDevicesMetric', 'Datto RMM - All devices', 'the service is named after All devices'],
    ['datto-rmm', 'AllDevicesMetric', 'AllDevicesMetric', 'the service is named after All devices'],
    [
      'datto-rmm',
      'Desktop & Laptop',
      'Desktops and Laptops',
      'the service is named after Desktops and laptops',
    ],
    ['datto-rmm', 'Server', 'Managed server (Datto RMM), gold', 'its name holds Datto RMM and Servers'],
    [
      'spanning-o365',
      'Archived Licenses',
      'Archived licenses, Spanning O365',
      'its name holds Spanning O365 and Archived licenses',
    ],
  ])('%s %s goes on %j: %s', (module, billingType, service, reason) => {
    expect(suggest(module, billingType, ['Help Desk', service])).toMatchObject({
      contractServiceId: 's1',
      reason,
    });
  });

  it('takes the exact name before one that merely holds it', () => {
    const services = ['Datto RMM servers, after hours', 'Datto RMM - Server'];
    expect(suggest('datto-rmm', 'Server', services)?.contractServiceId).toBe('s1');
  });

  it.each([
    [[]],
    [['Desktop Monitoring', 'Server Monitoring']],
    [['Datto RMM servers day', 'Datto RMM servers night']],
    [['Servers', 'Datto RMM - Servers']],
    [['Datto BCDR servers']],
  ])('offers none for a server among %j', (services) => {
    expect(suggest('datto-rmm', 'Server', services)).toBeUndefined();
  });
});

describe('what people chose on other contracts', () => {
  const chose = (...services: string[]): ConfirmedService[] =>
    services.map((service) => ({ module: 'datto-rmm', billingType: 'Server', service }));

  it('is offered again under the same name, the surer the more agree', () => {
    const once = suggest('datto-rmm', 'Server', ['Help Desk', 'Managed Hosts'], chose('Managed hosts'));
    expect(once).toEqual({
      contractServiceId: 's1',
      confidence: 0.94,
      reason: 'mapped to “Managed hosts” on another contract',
    });
    const thrice = suggest(
      'datto-rmm',
      'Server',
      ['Managed Hosts'],
      chose('Managed hosts', 'Managed hosts', 'Managed hosts'),
    );
    expect(thrice).toMatchObject({
      confidence: 0.97,
      reason: 'mapped to “Managed hosts” on 3 other contracts',
    });
  });

  it('is offered where the name says more, less surely', () => {
    const found = suggest(
      'datto-rmm',
      'Server',
      ['Managed hosts (gold)', 'Help Desk'],
      chose('Managed hosts'),
    );
    expect(found).toMatchObject({ contractServiceId: 's0', confidence: 0.75 });
  });

  it('goes before a name, and adds to one', () => {
    const chosen = chose(...Array<string>(4).fill('Managed hosts'));
    expect(
      suggest('datto-rmm', 'Server', ['Managed server, Datto RMM', 'Managed hosts'], chosen),
    ).toMatchObject({
      contractServiceId: 's1',
    });
    expect(suggest('datto-rmm', 'Server', ['Servers'], chose('Servers'))).toEqual({
      contractServiceId: 's0',
      confidence: 0.99,
      reason: 'mapped to “Servers” on another contract; the service is named after Servers',
    });
  });

  it.each([
    [
      'of another billing type',
      ['Managed hosts'],
      [{ ...chose('Managed hosts')[0], billingType: 'AllDevicesMetric' }],
    ],
    ['of another module', ['Managed hosts'], [{ ...chose('Managed hosts')[0], module: 'datto-bcdr' }]],
    ['split evenly between two of this contract', ['Hosts', 'Boxes'], chose('Hosts', 'Boxes')],
    ['that this contract holds twice', ['Hosts', 'Hosts'], chose('Hosts')],
  ])('is not offered when %s', (_, services, confirmed) => {
    expect(suggest('datto-rmm', 'Server', services, confirmed as ConfirmedService[])).toBeUndefined();
  });
});
