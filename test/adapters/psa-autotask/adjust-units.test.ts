import { beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../../src/adapters/psa-autotask/refusal.ts';
import { isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import type { UnitAdjustment } from '../../../src/ports/psa.ts';
import { call, errors, FakeAutotask, type FakeRequest, json } from './fake-autotask.ts';

let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const adjustment = (
  contract: number,
  service: number,
  change: number,
  day = '2026-11-16',
): UnitAdjustment => ({
  contractId: ContractId.parse(String(contract)),
  contractServiceId: ContractServiceId.parse(String(service)),
  effectiveDate: isoDate(day),
  change,
});
const isAdjustment = ({ path }: FakeRequest) => path.endsWith('ServiceAdjustments');
const sent = () => autotask.requests.filter(isAdjustment);
const answerWith = (answer: (request: FakeRequest) => Response | Promise<Response>) => {
  autotask.answer = (request) => (isAdjustment(request) ? answer(request) : undefined);
};

it('sends a change under its contract, once', async () => {
  expect(await autotask.psa().adjustUnits([adjustment(7, 70, -2)])).toEqual([{ kind: 'accepted' }]);
  expect(sent().map(({ method, path, body }) => [method, path, body])).toEqual([
    [
      'POST',
      'Contracts/7/ServiceAdjustments',
      { contractServiceID: 70, unitChange: -2, effectiveDate: '2026-11-16T00:00:00Z' },
    ],
  ]);
});

describe('what comes of one change', () => {
  const broken = (code: string) => () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));

  it.each<[string, () => Response | Promise<Response>, object]>([
    ['200 and an id of null', () => json({ itemId: null }), { kind: 'accepted' }],
    ['200 cut off', () => json('{"itemId"'), { kind: 'unclear' }],
    ['200 and a web page', () => json('<html></html>'), { kind: 'unclear' }],
    ['500 and a web page', () => json('<html></html>', 500), { kind: 'unclear' }],
    ['503', () => json('', 503), { kind: 'unclear' }],
    ['502 and other JSON', () => json({ Message: 'An error has occurred.' }, 502), { kind: 'unclear' }],
    ['a connection that broke', broken('ECONNRESET'), { kind: 'unclear' }],
    ['no connection', broken('ECONNREFUSED'), { kind: 'not-sent' }],
    [
      'words',
      () => errors(500, 'Attempt to insert duplicate data into contract_service_period'),
      {
        kind: 'refused',
        code: 'same-day',
        text: 'Attempt to insert duplicate data into contract_service_period',
      },
    ],
    ['403', () => json('', 403), { kind: 'refused', code: 'no-rights' }],
    ['404', () => json('', 404), { kind: 'refused', code: 'service-missing' }],
    ['405', () => json({ Message: 'no' }, 405), { kind: 'refused', code: 'other' }],
    [
      'a fourth thread',
      () => errors(500, 'thread threshold exceeded Itgenatr005'),
      { kind: 'not-sent', retryAt: Temporal.Instant.from('2026-11-26T01:16:00Z') },
    ],
    [
      'a used-up hour',
      () => json('', 429, { 'retry-after': '120' }),
      { kind: 'not-sent', retryAt: Temporal.Instant.from('2026-11-26T01:17:00Z') },
    ],
  ])('with %s', async (_what, answer, outcome) => {
    answerWith(answer);
    expect(await autotask.psa().adjustUnits([adjustment(7, 70, 4)])).toMatchObject([outcome]);
    expect(sent()).toHaveLength(1);
  });

  it('with a zone that cannot be reached', async () => {
    autotask.answer = () => Promise.reject(new TypeError('fetch failed'));
    expect(await autotask.psa().adjustUnits([adjustment(7, 70, 4)])).toMatchObject([
      { kind: 'not-sent', text: expect.stringContaining('could not be reached') },
    ]);
  });

  it('with a budget that is used up', async () => {
    autotask.threshold.currentTimeframeRequestCount = 9_900;
    expect(await autotask.psa().adjustUnits([adjustment(7, 70, 4)])).toMatchObject([
      {
        kind: 'not-sent',
        text: expect.stringContaining('hourly budget'),
        retryAt: Temporal.Instant.from('2026-11-26T01:20:00Z'),
      },
    ]);
    expect(sent()).toEqual([]);
  });

  it('with a secret that is refused: asked once more at the zone’s new address, nothing taken', async () => {
    answerWith(() => json('', 401));
    expect(await autotask.psa().adjustUnits([adjustment(7, 70, 4)])).toMatchObject([
      { kind: 'not-sent', text: expect.stringContaining('AUTOTASK_SECRET') },
    ]);
    expect(sent()).toHaveLength(2);
  });

  it('when icb stops before and after it left', async () => {
    const stop = new AbortController();
    answerWith(({ signal }) => {
      stop.abort();
      return Promise.reject(signal.reason);
    });
    const given = [adjustment(7, 70, 4), adjustment(7, 71, 4)];
    const outcomes = await autotask.psa().adjustUnits(given, call({ signal: stop.signal }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unclear', 'not-sent']);
  });

  it('with an id that is none of Autotask’s', async () => {
    const [outcome] = await autotask
      .psa()
      .adjustUnits([{ ...adjustment(7, 70, 4), contractServiceId: ContractServiceId.parse('s1') }]);
    expect(outcome).toMatchObject({ kind: 'refused', code: 'service-missing' });
    expect(sent()).toEqual([]);
  });
});

it('works on one contract at a time, on three contracts at once, and answers in order', async () => {
  const underWay = new Map<string, number>();
  let most = 0;
  const order: number[] = [];
  answerWith(async ({ path, body }) => {
    const onContract = (underWay.get(path) ?? 0) + 1;
    expect(onContract).toBe(1);
    underWay.set(path, onContract);
    most = Math.max(
      most,
      [...underWay.values()].reduce((a, b) => a + b, 0),
    );
    await new Promise((resolve) => setImmediate(resolve));
    underWay.set(path, 0);
    order.push(body.contractServiceID);
    return body.contractServiceID === 12 ? errors(500, 'Cannot go below zero.') : json({ itemId: null });
  });
  const given = [1, 2, 3, 4, 5].flatMap((contract) => [
    adjustment(contract, contract * 10 + 1, 1),
    adjustment(contract, contract * 10 + 2, -1),
  ]);
  const outcomes = await autotask.psa().adjustUnits(given);
  expect(most).toBe(3);
  expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.code : outcome.kind))).toEqual(
    given.map(({ contractServiceId }) => (contractServiceId === '12' ? 'below-zero' : 'accepted')),
  );
  for (const contract of [1, 2, 3, 4, 5]) {
    expect(order.indexOf(contract * 10 + 1)).toBeLessThan(order.indexOf(contract * 10 + 2));
  }
});

it('leaves a contract alone once an outcome on it is not known', async () => {
  answerWith(({ body }) => (body.contractServiceID === 11 ? json('', 503) : json({ itemId: null })));
  const outcomes = await autotask
    .psa()
    .adjustUnits([adjustment(1, 11, 1), adjustment(2, 21, 1), adjustment(1, 12, 1)]);
  expect(outcomes).toMatchObject([
    { kind: 'unclear' },
    { kind: 'accepted' },
    { kind: 'not-sent', text: expect.stringContaining('earlier change on the same contract') },
  ]);
});

it.each([
  [
    'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID.',
    'outside-contract',
  ],
  ['Violation. Attempt to insert duplicate data into contract_service_period.', 'same-day'],
  [
    'Unable to make changes as it would result in the deletion/modification of an already approved and posted contract period',
    'period-posted',
  ],
  ['The logged in Resource does not have the adequate permissions to create this entity.', 'no-rights'],
  ['The contract is inactive.', 'contract-inactive'],
  ['Units may not be less than zero.', 'below-zero'],
  [
    'Reference value on field: contractServiceID of type: ContractService does not exist or is invalid.',
    'service-missing',
  ],
  ['contractID: Value 12345 does not exist or is invalid', 'service-missing'],
  ['Something new.', 'other'],
])('takes “%s” as %s', (text, code) => expect(refusalOf([text])).toBe(code));
