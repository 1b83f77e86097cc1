import { describe, expect, it } from 'vitest';
import sample from '../../../data/sample/msp.json' with { type: 'json' };
import { runAutotaskSimulator } from '../../../src/simulators/autotask/run-autotask-simulator.ts';
import { numberOf, simBookOf } from '../../../src/simulators/autotask/sim-book-of.ts';
import { startAutotaskSimulator } from '../../../src/simulators/autotask/start-autotask-simulator.ts';
import { type Opened, open } from './opened.ts';

const form = (sim: Opened, path: string, fields: Record<string, string>) =>
  fetch(`${sim.url}/_sim/${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const page = async (sim: Opened, path = '/') => (await fetch(sim.url + path)).text();

describe('the page for people', () => {
  it('shows what is pending, names escaped, and narrows by a search', async () => {
    const sim = await open();
    const all = await page(sim);
    expect(all).toContain('Falcon &lt;Motors&gt; GmbH');
    expect(all).toContain('2026-11-15 to 2026-12-14, 10 units at 12.50');
    expect(all).not.toContain('Projects');
    expect(await page(sim, '/_sim/?q=falcon')).not.toContain('Daily Mail: Managed');
  });

  it('approves one row, one contract, or all, and comes back to where the person was', async () => {
    const sim = await open();
    await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 4 });
    const [first] = sim.world.pending().filter(({ row }) => row.contractServiceID === 800);
    const back = '/Autotask/x.aspx?ContractID=900';
    const one = await form(sim, 'approve-and-post', { unitRowId: String(first?.row.id), back });
    expect([one.status, one.headers.get('location')]).toEqual([303, back]);
    expect(sim.unitsOf(800).slice(2)).toEqual([
      '2026-11-15 2026-11-23 10 posted',
      '2026-11-24 2026-12-14 14',
    ]);
    await form(sim, 'approve-and-post', { contractId: '900', throughDate: '2026-11-26' });
    expect(sim.unitsOf(800).at(-1)).toMatch(/posted$/);
    expect(sim.unitsOf(802).at(-1)).not.toMatch(/posted$/);
    const elsewhere = await form(sim, 'approve-and-post', {
      throughDate: '2026-11-26',
      back: '//elsewhere.example',
    });
    expect(elsewhere.headers.get('location')).toBe('/');
    expect(sim.world.pending()).toEqual([]);
    const item = sim.world.tables.rows('BillingItems').at(-1);
    await form(sim, 'unpost', { billingItemId: String(item?.id) });
    expect(sim.world.pending()).toHaveLength(1);
  });

  it('moves the clock to the next day and the next month', async () => {
    const sim = await open();
    await form(sim, 'clock', { step: 'day' });
    expect(sim.world.today()).toBe('2026-11-27');
    await form(sim, 'clock', { step: 'month' });
    expect(sim.world.today()).toBe('2026-12-27');
    expect(await page(sim)).toContain('2026-12-15 to 2026-12-31, 10 units');
  });

  it.each([
    ['/Autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenContract&ContractID=901', 'contract-901'],
    ['/autotask/AutotaskExtend/ExecuteCommand.aspx?Code=OpenAccount&AccountID=175', 'contract-901'],
    ['/Mvc/Contracts/901', 'contract-901'],
  ])('is where the deep link %s leads, with what it names', async (path, card) => {
    const html = await page(await open(), path);
    expect(html.match(/<section class="card named" id="[^"]+"/g)).toEqual([
      `<section class="card named" id="${card}"`,
    ]);
    expect(html).not.toContain('contract-900');
  });

  it('lists the last adjustments, newest first', async () => {
    const sim = await open();
    await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 4 });
    await sim.adjust({ contractServiceID: 800, effectiveDate: '2026-11-25', unitChange: -1 });
    expect((await page(sim)).match(/[+-]\d+ units<\/span>/g)).toEqual(['-1 units</span>', '+4 units</span>']);
  });
});

describe('controls for programs', () => {
  it('approve, un-post, invoice, clock, faults and what was called', async () => {
    const sim = await open();
    const send = async (path: string, body: object) => {
      const answer = await fetch(`${sim.url}/_sim/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.json()];
    };
    const posted = await send('approve-and-post', { throughDate: '2026-11-26' });
    expect(posted).toEqual([200, { posted: 4 }]);
    const id = sim.world.tables.rows('BillingItems').at(-1)?.id;
    expect(await send('unpost', { billingItemId: id })).toEqual([200, { unposted: id }]);
    expect(await send('unpost', { billingItemId: id })).toMatchObject([
      404,
      { errors: [expect.any(String)] },
    ]);
    expect((await send('approve-and-post', { throughDate: 'soon' }))[0]).toBe(400);
    expect(await send('invoice', { throughDate: '2026-09-30' })).toMatchObject([
      200,
      { invoiced: expect.any(Number) },
    ]);
    expect(await send('clock', { date: '2026-12-01' })).toEqual([200, { now: '2026-12-01T08:00:00.000Z' }]);
    expect((await send('faults', { lostRight: { entity: 'Contracts' } }))[1]).toMatchObject({
      lostRight: { entity: 'Contracts' },
    });
    expect((await send('faults', { unheardOf: true }))[0]).toBe(400);
    await sim.query('Contracts', []);
    expect(await (await fetch(`${sim.url}/_sim/requests`)).json()).toMatchObject([
      { method: 'POST', path: '/ATServicesRest/V1.0/Contracts/query', status: 403, entity: 'Contracts' },
    ]);
    await fetch(`${sim.url}/_sim/faults`, { method: 'DELETE' });
    expect(sim.faults.lostRight).toBeNull();
    // The one taken back, and the periods that began on 30 November and 1 December.
    expect(await (await fetch(`${sim.url}/_sim/state`)).json()).toMatchObject({ pending: 3 });
  });
});

describe('the sample MSP', () => {
  it('is the same MSP in Autotask: names, contracts, prices, units', async () => {
    const simulator = await startAutotaskSimulator({
      book: simBookOf(sample),
      now: () => Date.parse('2026-11-26T10:00:00Z'),
    });
    try {
      const { tables, ledger } = simulator.world;
      expect(tables.rows('Companies')).toHaveLength(sample.organizations.length);
      expect(tables.row('Companies', 29_683_510)?.companyName).toBe('Daily Mail');
      expect(tables.row('Contracts', 29_712_001)).toMatchObject({
        startDate: '2024-03-01',
        endDate: '2099-12-31',
      });
      expect(ledger.rowsOf(29_731_021).at(-1)).toMatchObject({
        startDate: '2026-11-01',
        units: 1,
        price: 450,
      });
      expect(tables.rows('Services').map((row) => row.name)).toContain('SaaS Backup Seat');
    } finally {
      await simulator.close();
    }
  });

  it('has a number for each id that is a text, the same each time', () => {
    expect([numberOf('29683510'), numberOf('0')]).toEqual([29_683_510, 0]);
    const texts = Array.from({ length: 2_000 }, (_, i) => `org-${i}`);
    expect(new Set(texts.map(numberOf)).size).toBe(2_000);
    expect(Math.max(...texts.map(numberOf))).toBeLessThan(2_147_483_648);
    expect(numberOf('org-1')).toBe(1_957_615_728);
    expect(numberOf('3000000000')).toBeLessThan(2_147_483_648);
  });

  it('is refused where two ids would be one number', () => {
    const [organization] = sample.organizations;
    const twice = { ...sample, organizations: [...sample.organizations, { ...organization, id: '00' }] };
    expect(() => simBookOf(twice as typeof sample)).toThrow('two organizations');
  });
});

it('runs alone and says how to sign in', async () => {
  const lines: string[] = [];
  const simulator = await runAutotaskSimulator({ seed: 3 }, (line) => lines.push(line));
  const { url, user, secret, integrationCode } = simulator;
  await simulator.close();
  expect(lines.slice(0, 4)).toEqual([
    `url: ${url}`,
    `user: ${user}`,
    `secret: ${secret}`,
    `code: ${integrationCode}`,
  ]);
});
