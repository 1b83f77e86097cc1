import { describe, expect, test } from 'vitest';

import { offeredGroups } from '../../bot/modals/settings-view.ts';
import { cronOf, limitsIn, timeOf } from '../../src/domain/settings-text.ts';

describe('user groups offered for a role', () => {
  const listed = Array.from({ length: 150 }, (_, i) => ({ id: `S${i}`, handle: `group-${i}` }));

  test('those that have a role are among the hundred, wherever Slack lists them, or not at all', () => {
    const groups = [
      { groupId: 'S140', role: 'approver' as const },
      { groupId: 'SGONE', role: 'operator' as const },
    ];
    const offered = offeredGroups({ groups }, listed);
    expect(offered).toHaveLength(100);
    expect(offered.slice(0, 3)).toEqual([
      { id: 'S140', handle: 'group-140' },
      { id: 'SGONE', handle: 'SGONE' },
      { id: 'S0', handle: 'group-0' },
    ]);
  });
});

test.each([
  ['USD 1000', [{ currency: 'USD', amount: '1000.00' }]],
  ['usd 1000, EUR 800.50', [{ currency: 'USD' }, { currency: 'EUR', amount: '800.50' }]],
  ['', []],
  ['1000', undefined],
  ['USD lots', undefined],
  ['USD 1, USD 2', undefined],
  ['USD -5', undefined],
])('limits %j are %j', (text, limits) => {
  const read = limitsIn(text);
  if (limits === undefined) expect(read).toBeUndefined();
  else expect(read).toMatchObject(limits);
});

test.each([
  ['01:15', '15 1 * * *'],
  ['9:05', '5 9 * * *'],
  ['23:59', '59 23 * * *'],
])('%s is the cron expression %s and back', (time, cron) => {
  expect(cronOf(time)).toBe(cron);
  expect(cronOf(timeOf(cron))).toBe(cron);
});

test.each(['24:00', '1:60', '*/5 * * * *'])('%s is left as it is, to be judged by the schedule', (text) => {
  expect(cronOf(text)).toBe(text);
});
