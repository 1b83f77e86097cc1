import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LeakageWorld, SITE } from './leakage-world.ts';

/** Daily Mail with the site `mail`, counted on the 20th, and one contract at 12.50. */
const mail = (more: object = {}): LeakageWorld =>
  new LeakageWorld()
    .organization('1')
    .site('mail', '1')
    .contract('c1', '1', '12.50', more)
    .count('2026-11-20', { mail: SITE });

describe('every device is counted once, at the finest grain', () => {
  test('all devices mapped: what they contain is billed', () => {
    expect(mail().map('c1', 'AllDevicesMetric').table()).toEqual([]);
  });

  test('desktops and laptops mapped, servers ignored: the servers leak', () => {
    expect(mail().map('c1', 'Desktop & Laptop').ignore('c1', 'Server').table()).toEqual([
      'mail Server 4 ignored-billing-type - 2026-11-20',
    ]);
  });

  test('only desktops mapped: servers were forgotten', () => {
    expect(mail().map('c1', 'Desktop').table()).toEqual(['mail Server 4 unmapped-billing-type - 2026-11-20']);
  });

  test('all devices ignored and desktops mapped says nothing about servers', () => {
    expect(mail().ignore('c1', 'AllDevicesMetric').map('c1', 'Desktop').table()).toEqual([
      'mail Server 4 unmapped-billing-type - 2026-11-20',
    ]);
  });

  test('devices of no finer class stay with the billing type that counts them', () => {
    const world = mail().map('c1', 'Desktop').map('c1', 'Server');
    expect(world.table()).toEqual([]);
    world.count('2026-11-21', { mail: { ...SITE, AllDevicesMetric: 17 } });
    expect(world.table()).toEqual(['mail AllDevicesMetric 3 unmapped-billing-type - 2026-11-21']);
  });

  test('a feed that sends only the containing billing type leaks by that', () => {
    const world = new LeakageWorld()
      .site('new', undefined)
      .count('2026-11-20', { new: { AllDevicesMetric: 14 } }, { complete: false });
    expect(world.table()).toEqual(['new AllDevicesMetric 14 unmapped-organization - 2026-11-20']);
  });

  test('the sum of what leaks is the count, whatever is counted', () => {
    const quantity = fc.integer({ min: 0, max: 50 });
    fc.assert(
      fc.property(
        fc.record({ desktop: quantity, laptop: quantity, server: quantity, rest: quantity }),
        (n) => {
          const counts = {
            AllDevicesMetric: n.desktop + n.laptop + n.server + n.rest,
            'Desktop & Laptop': n.desktop + n.laptop,
            Desktop: n.desktop,
            Laptop: n.laptop,
            Server: n.server,
          };
          const rows = new LeakageWorld().site('new', undefined).count('2026-11-20', { new: counts }).rows();
          expect(rows.reduce((sum, row) => sum + row.units, 0)).toBe(counts.AllDevicesMetric);
        },
      ),
    );
  });

  test('a module without containment: each billing type by itself, true/false as one unit', () => {
    const world = new LeakageWorld()
      .enable('compliance-manager')
      .organization('1')
      .contract('c1', '1', '5')
      .site('acme', '1', 'compliance-manager')
      .map('c1', 'Users', {}, 'compliance-manager')
      .count(
        '2026-11-20',
        { acme: { Devices: 9, Users: 7, 'Is Enabled': 1 } },
        { module: 'compliance-manager' },
      );
    expect(world.table()).toEqual([
      'acme Devices 9 unmapped-billing-type - 2026-11-20',
      'acme Is Enabled 1 unmapped-billing-type - 2026-11-20',
    ]);
  });

  test('nothing is said of modules that are off, or never counted', () => {
    const off = new LeakageWorld().site('acme', undefined, 'vulscan');
    expect(off.count('2026-11-20', { acme: { 'Per User': 7 } }, { module: 'vulscan' }).table()).toEqual([]);
    expect(new LeakageWorld().site('new', undefined).table()).toEqual([]);
  });
});

describe('reasons', () => {
  test.each<[string, LeakageWorld, string[]]>([
    [
      'an ignored site',
      new LeakageWorld().site('lab', { ignored: 'our lab' }).count('2026-11-20', { lab: { Server: 2 } }),
      ['lab Server 2 ignored-organization - 2026-11-20'],
    ],
    [
      'no contract at all',
      new LeakageWorld()
        .organization('1')
        .site('mail', '1')
        .count('2026-11-20', { mail: { Server: 2 } }),
      ['mail Server 2 no-contract - 2026-11-20'],
    ],
    [
      'only a contract of another kind',
      mail({ type: 'block-hours' }),
      ['mail Desktop 10 no-contract - 2026-11-20', 'mail Server 4 no-contract - 2026-11-20'],
    ],
    [
      'a yearly contract',
      mail({ periodType: 'yearly' }),
      [
        'mail Desktop 10 contract-not-billable - 2026-11-20',
        'mail Server 4 contract-not-billable - 2026-11-20',
      ],
    ],
    [
      'an expired contract that was mapped: 14 at its own price since the day after its end',
      mail({ endDate: '2026-11-12' })
        .map('c1', 'AllDevicesMetric')
        .count('2026-11-10', { mail: SITE })
        .count('2026-11-15', { mail: SITE }),
      ['mail AllDevicesMetric 14 expired-contract 175.00 USD contract 2026-11-13'],
    ],
    [
      'an expired contract nobody mapped',
      mail({ endDate: '2026-11-12' }),
      ['mail Desktop 10 expired-contract - 2026-11-20', 'mail Server 4 expired-contract - 2026-11-20'],
    ],
    [
      'an expired contract with a successor that is mapped: billed',
      mail({ endDate: '2026-11-12' })
        .map('c1', 'AllDevicesMetric')
        .contract('c2', '1', '12.50', { startDate: '2026-11-13' })
        .map('c2', 'AllDevicesMetric'),
      [],
    ],
    [
      'an organization that became inactive',
      new LeakageWorld()
        .organization('1', { active: false })
        .site('mail', '1')
        .contract('c1', '1', '12.50')
        .count('2026-11-20', { mail: { Server: 2 } }),
      ['mail Server 2 blocked - 2026-11-20'],
    ],
  ])('%s', (_, world, rows) => expect(world.table()).toEqual(rows));

  test('every row says why in words', () => {
    const [row] = mail({ endDate: '2026-11-12' }).map('c1', 'AllDevicesMetric').rows();
    expect(row?.reason.text).toBe('“Contract c1” ended on 2026-11-12.');
    expect(row).toMatchObject({ organizationId: '1', contractId: 'c1', contractServiceId: 's-c1' });
  });
});

describe('held and blocked lines leak what is counted beyond the units in force', () => {
  const held = (oldUnits: number, newUnits: number) =>
    mail()
      .map('c1', 'AllDevicesMetric')
      .line('c1', 'AllDevicesMetric', {
        action: 'held',
        oldUnits,
        newUnits,
        reason: { code: 'held-jump', text: 'x' },
      });

  test('held: 14 counted, 8 in force', () => {
    expect(held(8, 14).table()).toEqual(['mail AllDevicesMetric 6 held 75.00 USD contract 2026-11-20']);
  });

  test('held at zero or below what is in force: nothing leaks', () => {
    expect(held(20, 14).table()).toEqual([]);
    expect(held(8, 0).table()).toEqual([]);
  });

  test('an excluded count is not expected to bill: 2 of 14 are excluded', () => {
    expect(held(8, 12).table()).toEqual(['mail AllDevicesMetric 4 held 50.00 USD contract 2026-11-20']);
  });

  test('two sites: what is lost shows at the larger first', () => {
    const world = held(8, 34)
      .site('press', '1')
      .count('2026-11-21', { mail: SITE, press: { AllDevicesMetric: 20 } });
    expect(world.table()).toEqual([
      'mail AllDevicesMetric 6 held 75.00 USD contract 2026-11-20',
      'press AllDevicesMetric 20 held 250.00 USD contract 2026-11-20',
    ]);
  });

  test('blocked without its service: all of it; ignored with 9 in force: the rest', () => {
    const reason = (code: string) => ({
      action: 'blocked',
      oldUnits: 9,
      newUnits: 9,
      reason: { code, text: 'x' },
    });
    const missing = mail().map('c1', 'AllDevicesMetric', { contractServiceId: 'gone' });
    expect(missing.line('c1', 'AllDevicesMetric', reason('service-missing')).table()).toEqual([
      'mail AllDevicesMetric 14 blocked - 2026-11-20',
    ]);
    const ignored = mail()
      .ignore('c1', 'AllDevicesMetric')
      .line('c1', 'AllDevicesMetric', reason('mapping-ignored'));
    expect(ignored.table()).toEqual(['mail AllDevicesMetric 5 ignored-billing-type - 2026-11-20']);
  });

  test('a finer billing type is held while all devices bill: nothing leaks', () => {
    const world = mail().map('c1', 'AllDevicesMetric').map('c1', 'Server');
    world.line('c1', 'Server', {
      action: 'held',
      oldUnits: 0,
      newUnits: 4,
      reason: { code: 'held-jump', text: 'x' },
    });
    expect(world.table()).toEqual([]);
  });

  test('shares 60 to 40, the second contract has ended: its 40 % of 14 leak', () => {
    const world = mail()
      .contract('c2', '1', '20', { endDate: '2026-11-12' })
      .map('c1', 'AllDevicesMetric', { share: 60 })
      .map('c2', 'AllDevicesMetric', { share: 40 });
    expect(world.table()).toEqual([
      'mail AllDevicesMetric 5 expired-contract 100.00 USD contract 2026-11-20',
    ]);
  });
});

describe('money', () => {
  /** Three others have servers mapped at 30, 40 and 90; one of them in euro at 50. */
  const others = (world: LeakageWorld): LeakageWorld =>
    [
      ['30', 'USD'],
      ['40', 'USD'],
      ['90', 'USD'],
      ['50', 'EUR'],
    ].reduce((so, [price, currency], at) => {
      const id = `o${at}`;
      return so
        .organization(id)
        .contract(`co${at}`, id, price ?? '', { currency })
        .map(`co${at}`, 'Server');
    }, world);

  test('the median of what others pay, in the currency of the organization', () => {
    expect(others(mail()).map('c1', 'Desktop').table()).toEqual([
      'mail Server 4 unmapped-billing-type 160.00 USD typical 2026-11-20',
    ]);
    expect(
      others(mail({ currency: 'EUR' }))
        .map('c1', 'Desktop')
        .table(),
    ).toEqual(['mail Server 4 unmapped-billing-type 200.00 EUR typical 2026-11-20']);
    expect(
      others(mail({ currency: 'CHF' }))
        .map('c1', 'Desktop')
        .table(),
    ).toEqual(['mail Server 4 unmapped-billing-type - 2026-11-20']);
  });

  test('an even number of prices: the mean of the two in the middle', () => {
    const world = others(mail()).organization('x').contract('cx', 'x', '45.50').map('cx', 'Server');
    expect(world.map('c1', 'Desktop').table()).toEqual([
      'mail Server 4 unmapped-billing-type 171.00 USD typical 2026-11-20',
    ]);
  });

  test('usage of nobody is priced in the currency of most', () => {
    const world = others(new LeakageWorld())
      .site('new', undefined)
      .count('2026-11-20', { new: { Server: 2 } });
    expect(world.table()).toEqual(['new Server 2 unmapped-organization 80.00 USD typical 2026-11-20']);
  });

  test('a billing type nobody maps takes the price of the nearest that contains it', () => {
    const world = new LeakageWorld()
      .organization('a')
      .contract('ca', 'a', '12.50')
      .map('ca', 'AllDevicesMetric')
      .organization('b')
      .contract('cb', 'b', '9')
      .map('cb', 'Desktop & Laptop')
      .site('new', undefined)
      .count('2026-11-20', { new: { AllDevicesMetric: 5, 'Desktop & Laptop': 3, Desktop: 3, Server: 2 } });
    expect(world.table()).toEqual([
      'new Desktop 3 unmapped-organization 27.00 USD typical 2026-11-20',
      'new Server 2 unmapped-organization 25.00 USD typical 2026-11-20',
    ]);
  });
});

describe('since: the present uninterrupted run of reports', () => {
  const counted = (days: readonly (readonly [string, number])[], complete = true): string | undefined => {
    const world = new LeakageWorld().site('new', undefined);
    for (const [date, servers] of days) {
      const counts = servers < 0 ? {} : { new: { Server: servers } };
      world.count(date, counts, { complete });
    }
    return world.rows()[0]?.since;
  };

  test.each<[string, readonly (readonly [string, number])[], string]>([
    [
      'from its first report',
      [
        ['2026-11-18', 2],
        ['2026-11-19', 3],
        ['2026-11-20', 1],
      ],
      '2026-11-18',
    ],
    [
      'a zero breaks the run',
      [
        ['2026-11-17', 2],
        ['2026-11-18', 0],
        ['2026-11-19', 3],
        ['2026-11-20', 1],
      ],
      '2026-11-19',
    ],
    [
      'absent from a complete report is zero',
      [
        ['2026-11-17', 2],
        ['2026-11-18', -1],
        ['2026-11-20', 1],
      ],
      '2026-11-20',
    ],
    [
      'a missed night does not break it',
      [
        ['2026-11-10', 2],
        ['2026-11-20', 1],
      ],
      '2026-11-10',
    ],
    [
      'no further back than 90 days',
      [
        ['2026-08-21', 2],
        ['2026-08-22', 2],
        ['2026-11-20', 1],
      ],
      '2026-08-22',
    ],
  ])('%s', (_, days, since) => expect(counted(days)).toBe(since));

  test('absent from a feed is unknown: the newest known count stands, and breaks nothing', () => {
    const days = [
      ['2026-11-17', 2],
      ['2026-11-18', -1],
      ['2026-11-19', 5],
      ['2026-11-20', -1],
    ] as const;
    expect(counted(days, false)).toBe('2026-11-17');
    const world = new LeakageWorld().site('new', undefined);
    world
      .count('2026-11-19', { new: { Server: 5 } }, { complete: false })
      .count('2026-11-20', {}, { complete: false });
    expect(world.rows()).toMatchObject([{ units: 5, countedOn: '2026-11-19' }]);
  });

  test('a held line leaks from the day it was counted beyond what is in force', () => {
    const world = mail().map('c1', 'AllDevicesMetric');
    world
      .count('2026-11-18', { mail: { AllDevicesMetric: 8 } })
      .count('2026-11-19', { mail: { AllDevicesMetric: 15 } });
    world.line('c1', 'AllDevicesMetric', {
      action: 'held',
      oldUnits: 8,
      newUnits: 14,
      reason: { code: 'held-jump', text: 'x' },
    });
    expect(world.table()).toEqual(['mail AllDevicesMetric 6 held 75.00 USD contract 2026-11-19']);
  });
});
