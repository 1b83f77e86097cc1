import { AutotaskApiError, AutotaskRestApi } from '@apigrate/autotask-restapi';
import { describe, expect, it } from 'vitest';
import { open } from './opened.ts';

/** A client others wrote against the live API. */
async function connect(options: Parameters<typeof open>[0] = {}, secret?: string) {
  const simulator = await open(options);
  const { user, integrationCode, apiUrl } = simulator;
  const client = new AutotaskRestApi(user, secret ?? simulator.secret, integrationCode, { base_url: apiUrl });
  return { simulator, client };
}

const error = (call: Promise<unknown>): Promise<AutotaskApiError> =>
  call.then(
    () => {
      throw new Error('It was answered.');
    },
    (thrown) => thrown,
  );

describe('a published client', () => {
  it('finds its zone, reads records, and counts them', async () => {
    const { client, simulator } = await connect();
    const found = await client.Companies.query({
      filter: [{ op: 'beginsWith', field: 'companyName', value: 'daily' }],
    });
    expect(found.items).toMatchObject([{ id: 174, companyName: 'Daily Mail' }]);
    expect(client.zoneInfo?.url).toBe(simulator.apiUrl);
    expect(await client.Contracts.count({ filter: [{ op: 'gt', field: 'id', value: 901 }] })).toEqual({
      queryCount: 3,
    });
    expect((await client.Contracts.get(900))?.item).toMatchObject({ contractName: 'Managed' });
    expect((await client.Contracts.get(1))?.item).toBeNull();
    simulator.setFaults({ missingItemStatus: 404 });
    expect(await client.Contracts.get(1)).toBeNull();
  });

  it('walks through all records by id', async () => {
    const { client, simulator } = await connect({ history: 'pending' });
    const seen: unknown[] = [];
    for (let last = 0; ; ) {
      const filter = [{ op: 'gt', field: 'id', value: last }];
      const { items } = await client.ContractServiceUnits.query({ filter, maxRecords: 4 });
      seen.push(...items.map((item) => item.id));
      if (items.length < 4) break;
      last = Number(items.at(-1)?.id);
    }
    expect(seen).toEqual(simulator.world.tables.rows('ContractServiceUnits').map((row) => row.id));
    expect(seen.length).toBeGreaterThan(8);
  });

  it('adjusts units and reads them back', async () => {
    const { client, simulator } = await connect();
    const created = await client.ContractServiceAdjustments.create(900, {
      contractServiceID: 800,
      effectiveDate: '2026-11-24',
      unitChange: 4,
    });
    expect(created).toEqual({ itemId: null });
    expect(simulator.adjustments).toMatchObject([{ contractServiceId: 800, unitChange: 4 }]);
    const filter = [
      { op: 'eq', field: 'contractServiceID', value: 800 },
      { op: 'notExist', field: 'approveAndPostDate' },
    ];
    const { items } = await client.ContractServiceUnits.query({ filter });
    expect(items.map(({ startDate, units }) => [startDate, units])).toEqual([
      ['2026-11-15T00:00:00Z', 10],
      ['2026-11-24T00:00:00Z', 14],
    ]);
    expect(await client.ContractServices.update(900, { id: 800, invoiceDescription: 'Desktops' })).toEqual({
      itemId: 800,
    });
  });

  it('reads metadata', async () => {
    const { client } = await connect();
    expect((await client.BillingItems.info()).info).toMatchObject({
      canCreate: false,
      canUpdate: true,
      canQuery: true,
    });
    const { fields } = await client.Contracts.fieldInfo();
    const types = fields.find((field) => field.name === 'contractType')?.picklistValues;
    expect(types?.find((entry) => entry.label === 'Recurring Service')?.value).toBe('7');
    expect((await client.Contracts.udfInfo()).fields.map((field) => field.name)).toEqual(['Bonus']);
  });

  it('understands what is refused', async () => {
    const { client } = await connect();
    const refused = await error(
      client.Companies.query({ filter: [{ op: 'eq', field: 'colour', value: 1 }] }),
    );
    expect(refused).toBeInstanceOf(AutotaskApiError);
    expect([refused.status, refused.details]).toEqual([500, { errors: [expect.stringContaining('colour')] }]);
    const stranger = await connect({}, 'guessed');
    expect((await error(stranger.client.Companies.get(174))).status).toBe(401);
  });
});
