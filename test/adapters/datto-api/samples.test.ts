import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BackupDevice } from '../../../src/adapters/usage/datto-bcdr/api-types.ts';
import { SaasDomain, SaasSeat } from '../../../src/adapters/usage/saas-protection/api-types.ts';
import {
  type DattoBackupSimulator,
  startDattoBackupSimulator,
} from '../../../src/simulators/datto-backup/start-datto-backup-simulator.ts';

/** Bodies others documented or recorded, not ours to publish: they lie beside the repository where they are at hand. */
const SPECS = new URL('../../../../shared/specs/', import.meta.url);
const present = existsSync(SPECS);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, SPECS), 'utf8'));

/** Every place of a value with the type that stands there, list positions left out. */
function shape(value: unknown, place = ''): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [] : value.flatMap((entry) => shape(entry, `${place}/…`));
  if (typeof value !== 'object' || value === null)
    return [`${place}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => shape(inner, `${place}/${name}`));
}
const shapeOf = (value: unknown) => [...new Set(shape(value))].sort();

/** Where the stand-in departs from a sample on purpose: in it only, and in the sample only. */
const COMPARED = [
  {
    sample: 'datto-bcdr/examples/Get-DattoDevice.json',
    path: 'bcdr/device?showHiddenDevices=1',
    // An appliance may belong to no client.
    more: ['/items/…/clientCompanyName: null'],
    less: [],
  },
  {
    sample: 'datto-bcdr/examples/Get-DattoAsset.json',
    path: 'bcdr/device/SERIAL/asset',
    // The stand-in keeps no history of backups; the sample is one asset, the route gives a list.
    more: [],
    less: [
      '/backups/…/advancedVerification/screenshotVerification/image: string',
      '/backups/…/advancedVerification/screenshotVerification/status: string',
      '/backups/…/backup/errorMessage: string',
      '/backups/…/backup/status: string',
      '/backups/…/localVerification/errors/…/errorMessage: string',
      '/backups/…/localVerification/errors/…/errorType: string',
      '/backups/…/localVerification/status: string',
      '/backups/…/timestamp: string',
      '/unprotectedVolumeNames/…: string',
    ],
  },
  { sample: 'saas-protection/samples/domains.json', path: 'saas/domains', more: [], less: [] },
  { sample: 'saas-protection/samples/seats.json', path: 'saas/CUSTOMER/seats', more: [], less: [] },
] as const;

it('says whether the recorded samples are at hand', () => {
  if (!present) console.warn('Not checked: samples of Datto’s API are not beside this repository.');
  expect(typeof present).toBe('boolean');
});

describe.runIf(present)('samples of Datto’s partner API', () => {
  let simulator: DattoBackupSimulator;
  beforeAll(async () => {
    simulator = await startDattoBackupSimulator({ seed: 3 });
  });
  afterAll(() => simulator.close());

  async function answerOf(path: string): Promise<unknown> {
    const clients = simulator.world.clients();
    const serial = clients.flatMap((one) => one.devices).find((one) => one.shares)?.serialNumber ?? '';
    const customer = clients.flatMap((one) => one.saas)[0]?.id ?? 0;
    const url = `${simulator.url}/v1/${path.replace('SERIAL', serial).replace('CUSTOMER', String(customer))}`;
    const authorization = `Basic ${btoa(`${simulator.apiKey}:${simulator.apiSecret}`)}`;
    const answer = await fetch(url, { headers: { authorization } });
    expect(answer.status).toBe(200);
    return answer.json();
  }

  it.each(COMPARED)('$path is shaped as $sample', async ({ sample, path, more, less }) => {
    const isOne = path.endsWith('/asset');
    const ours = shapeOf(await answerOf(path)).map((place) => (isOne ? place.slice('/…'.length) : place));
    const theirs = shapeOf(read(sample));
    expect(ours.filter((place) => !theirs.includes(place))).toEqual(more);
    expect(theirs.filter((place) => !ours.includes(place))).toEqual(less);
  });

  it('read well', () => {
    for (const row of read('datto-bcdr/examples/Get-DattoDevice.json').items) BackupDevice.parse(row);
    for (const row of read('saas-protection/samples/domains.json')) SaasDomain.parse(row);
    expect(
      read('saas-protection/samples/seats.json').map((row: unknown) => SaasSeat.parse(row)),
    ).toMatchObject([{ seatState: 'Active', billable: true }]);
  });

  it('know every path the stand-in and the client use', () => {
    const known = (read('datto-bcdr/endpoints.json').endpoints as { path: string }[]).map(({ path }) =>
      // Three rows of the list are misspelt.
      path.replace('/sass/', '/saas/').replaceAll(/\{[^}]+\}/g, '*'),
    );
    for (const path of [
      '/bcdr/device',
      '/bcdr/device/*/asset',
      '/dtc/assets',
      '/saas/domains',
      '/saas/*/seats',
    ])
      expect(known).toContain(path);
  });
});
