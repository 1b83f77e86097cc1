import { describe, expect, it } from 'vitest';
import { open } from './opened.ts';

const ALL = [{ op: 'gte', field: 'id', value: 0 }];
const CHANGE = { contractServiceID: 800, effectiveDate: '2026-11-24', unitChange: 4 };

describe('faults of writing', () => {
  it.each(['silence', 'reset'] as const)('commit, then %s', async (how) => {
    const { setFaults, call, adjustments, requests, apiUrl, user, secret, integrationCode } = await open();
    setFaults({ timeoutAfterCommit: { times: 1, how } });
    const patience = new AbortController();
    const lost = fetch(`${apiUrl}V1.0/Contracts/900/ServiceAdjustments`, {
      method: 'POST',
      signal: patience.signal,
      headers: { UserName: user, Secret: secret, ApiIntegrationCode: integrationCode },
      body: JSON.stringify(CHANGE),
    });
    lost.catch(() => undefined);
    await expect.poll(() => adjustments).toHaveLength(1);
    patience.abort();
    await expect(lost).rejects.toThrow();
    await expect
      .poll(() => requests.at(-1))
      .toMatchObject({ entity: 'ContractServiceAdjustments', status: 0 });
    expect(adjustments).toHaveLength(1);
    // The place among three calls at once is free again, and the fault is spent.
    expect((await call('POST', 'ContractServiceAdjustments', CHANGE)).status).toBe(500);
  });

  it('are not met by a write that is refused', async () => {
    const { setFaults, adjust, faults } = await open();
    setFaults({ timeoutAfterCommit: { times: 1 } });
    expect((await adjust({ ...CHANGE, unitChange: -99 })).status).toBe(500);
    expect(faults.timeoutAfterCommit).toMatchObject({ times: 1, how: 'silence' });
  });

  it('reset before commit', async () => {
    const { setFaults, adjust, adjustments } = await open();
    setFaults({ resetBeforeCommit: { times: 1 } });
    await expect(adjust(CHANGE)).rejects.toThrow();
    expect(adjustments).toEqual([]);
    expect((await adjust(CHANGE)).status).toBe(200);
  });
});

describe('faults of answering', () => {
  it('a web page with 500', async () => {
    const { setFaults, query } = await open();
    setFaults({ webPage: { times: 1 } });
    const answer = await query('Contracts', ALL);
    expect([answer.status, answer.body, answer.text.slice(0, 9)]).toEqual([500, undefined, '<!doctype']);
    expect((await query('Contracts', ALL)).status).toBe(200);
  });

  it('as many 401 as asked', async () => {
    const { setFaults, query } = await open();
    setFaults({ unauthorized: { times: 2 } });
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await query('Contracts', ALL)).status);
    expect(statuses).toEqual([401, 401, 200]);
  });

  it('403 on one entity, by its name in any case', async () => {
    const { setFaults, query, clearFaults } = await open();
    setFaults({ lostRight: { entity: 'billingitems' } });
    expect((await query('BillingItems', ALL)).status).toBe(403);
    expect((await query('Contracts', ALL)).status).toBe(200);
    clearFaults();
    expect((await query('BillingItems', ALL)).status).toBe(200);
  });

  it('late, empty and broken answers', async () => {
    const { setFaults, query } = await open();
    const began = performance.now();
    setFaults({ slow: { ms: 60, times: 1 }, emptyAnswer: { times: 1 } });
    const empty = await query('Contracts', ALL);
    expect([empty.status, empty.text]).toEqual([200, '']);
    expect(performance.now() - began).toBeGreaterThan(55);
    setFaults({ brokenJson: { times: 1 } });
    const broken = await query('Contracts', ALL);
    expect([broken.status, broken.body, broken.text.slice(0, 9)]).toEqual([200, undefined, '{"items":']);
  });

  it('a record on two pages, and a next page elsewhere', async () => {
    const { setFaults, query, call, url } = await open();
    setFaults({
      foreignNextPage: { origin: 'http://elsewhere.example', times: 1 },
      duplicateRow: { times: 1 },
    });
    const first = await query('Companies', ALL, { maxRecords: 2 });
    const { nextPageUrl } = first.body.pageDetails;
    expect(nextPageUrl).toMatch(/^http:\/\/elsewhere\.example\/ATServicesRest\/V1\.0\/Companies/);
    const second = await call('GET', nextPageUrl.replace('http://elsewhere.example', url));
    expect(second.body.items.map(({ id }: { id: number }) => id)).toEqual([174, 175, 176]);
    expect(second.body.pageDetails.count).toBe(3);
  });

  it('a moved zone: 401 at the old one, and zoneInformation tells the new one', async () => {
    const { setFaults, call, apiUrl, url, user } = await open();
    setFaults({ zoneMoved: true });
    expect((await call('GET', 'Version')).status).toBe(401);
    const zone = await (await fetch(`${apiUrl}V1.0/zoneInformation?user=${encodeURIComponent(user)}`)).json();
    expect(zone).toMatchObject({ zoneName: 'America East 2', url: `${url}/zone2/ATServicesRest/` });
    expect((await call('GET', `${(zone as { url: string }).url}V1.0/Version`)).status).toBe(200);
  });

  it('a sandbox, by the name of its zone', async () => {
    const { setFaults, apiUrl, user } = await open();
    setFaults({ sandbox: true });
    const zone = await fetch(`${apiUrl}V1.0/zoneInformation?user=${encodeURIComponent(user)}`);
    expect(await zone.json()).toMatchObject({ zoneName: 'Sandbox' });
  });

  it('refuses a fault it does not know', async () => {
    const { setFaults } = await open();
    expect(() => setFaults({ lostRights: true } as never)).toThrow();
  });
});

describe('limits', () => {
  it('counts the calls of every integration in a rolling hour, and refuses more', async () => {
    const { query, advance, setFaults } = await open({ threshold: 3, timeScale: 0.001 });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await query('Companies', ALL)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    setFaults({ thresholdStatus: 500 });
    const refused = await query('Companies', ALL);
    expect([refused.status, refused.body.errors[0]]).toEqual([
      500,
      expect.stringContaining('maximum number'),
    ]);
    advance(3_600);
    expect((await query('Companies', ALL)).status).toBe(200);
  });

  it('says when to come again where asked to', async () => {
    const { setFaults, apiUrl, user, secret, integrationCode } = await open();
    setFaults({ throttled: { times: 1, retryAfterSeconds: 7 } });
    const answer = await fetch(`${apiUrl}V1.0/Version`, {
      headers: { UserName: user, Secret: secret, ApiIntegrationCode: integrationCode },
    });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('answers later from half of the hour’s calls on, and later again from three quarters', async () => {
    const { window } = await open({ threshold: 4, timeScale: 0.01 });
    const delays = [window.delayMs()];
    for (let n = 0; n < 4; n++) {
      window.admit();
      delays.push(window.delayMs());
    }
    expect(delays).toEqual([0, 0, 5, 10, 10]);
  });

  it('three calls at once for one entity, and the fourth refused; other entities are free', async () => {
    const { query, setFaults } = await open({ latencyMs: 400 });
    const four = await Promise.all([1, 2, 3, 4].map(() => query('Companies', ALL)));
    expect(four.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 429]);
    expect(four.find((answer) => answer.status === 429)?.body.errors[0]).toContain('Itgenatr005');
    setFaults({ threadStatus: 500 });
    const mixed = await Promise.all([
      ...[1, 2, 3, 4].map(() => query('Companies', ALL)),
      query('Contracts', ALL),
    ]);
    expect(mixed.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 200, 500]);
    setFaults({ threads: { times: 1, entity: 'Services' } });
    expect((await query('Services', ALL)).status).toBe(500);
  });

  it('counts adjustments below all contracts as one entity', async () => {
    const { adjust } = await open({ latencyMs: 400 });
    const four = await Promise.all(
      [0, 1, 2, 3].map((n) => adjust({ ...CHANGE, effectiveDate: `2026-11-2${n}` })),
    );
    expect(four.map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 429]);
  });
});
