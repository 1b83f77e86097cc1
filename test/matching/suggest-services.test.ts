import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { ContractService } from '../../src/domain/contract.ts';
import { suggestService } from '../../src/matching/suggest-services.ts';

const suggest = (moduleId: string, name: string, services: string[]) => {
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
  return suggestService({ module, billingType, services: contractServices });
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
    expect(suggest(module, billingType, ['Help Desk', service])).toEqual({ contractServiceId: 's1', reason });
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
