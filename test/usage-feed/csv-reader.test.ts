import { describe, expect, test } from 'vitest';
import { addedModule } from '../../src/catalog/added-module.ts';
import { IsoDate } from '../../src/domain/calendar.ts';
import type { IcbError } from '../../src/domain/errors.ts';
import { decodeText } from '../../src/usage-feed/decode-text.ts';
import { guessColumns } from '../../src/usage-feed/guess-columns.ts';
import { dayOrderIn, readDate } from '../../src/usage-feed/read-date.ts';
import { numberStyleIn, readQuantity } from '../../src/usage-feed/read-quantity.ts';
import { readTable } from '../../src/usage-feed/read-table.ts';
import { readUsageTable, stillToChoose } from '../../src/usage-feed/read-usage-table.ts';

const HUNTRESS = addedModule('huntress', 'Huntress', [
  { name: 'Agents', label: 'Installed agents', unit: 'count' },
  { name: 'ITDR Users', unit: 'count' },
  { name: 'SAT', label: 'Awareness training', unit: 'true-false' },
]);
const ONE = addedModule('one', 'One', [{ name: 'Seats', unit: 'count' }]);
const TODAY = IsoDate.parse('2026-11-10');

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as IcbError).message;
  }
  throw new Error('it was not refused');
};

describe('encodings', () => {
  const latin = (text: string) => Uint8Array.from([...text].map((c) => c.charCodeAt(0)));
  const utf16 = (text: string, big: boolean, mark = true) => {
    const units = [...(mark ? '\uFEFF' : ''), ...text].map((c) => c.charCodeAt(0));
    return Uint8Array.from(units.flatMap((u) => (big ? [u >> 8, u & 255] : [u & 255, u >> 8])));
  };
  test.each([
    ['UTF-8', new TextEncoder().encode('Zoë;1'), 'UTF-8'],
    ['UTF-8 with a mark', new TextEncoder().encode('\uFEFFZoë;1'), 'UTF-8'],
    ['UTF-16 little', utf16('Zoë;1', false), 'UTF-16'],
    ['UTF-16 big', utf16('Zoë;1', true), 'UTF-16'],
    ['UTF-16 without a mark', utf16('Zoë;1', false, false), 'UTF-16'],
    ['UTF-16 big without a mark', utf16('Zoë;1', true, false), 'UTF-16'],
    ['Windows-1252', latin('Zoë;1'), 'Windows-1252'],
  ])('%s is read', (_, bytes, encoding) => {
    expect(decodeText(bytes)).toEqual({ text: 'Zoë;1', encoding });
  });
  test('Windows-1252 has a euro and quotes of its own', () => {
    expect(decodeText(Uint8Array.of(0x80, 0x93, 0xe9)).text).toBe('€“é');
  });
  test.each([
    ['a workbook', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1), 'Save it as “CSV UTF-8”'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), 'Save it as “CSV UTF-8”'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), 'not a text file'],
    ['bytes that mean nothing', Uint8Array.of(0x41, 0xff, 0x81), 'not a text file'],
    ['nothing', new Uint8Array(), 'empty'],
    ['too much', new Uint8Array(5 * 1024 * 1024 + 1), 'at most 5 MB'],
  ])('%s is refused', (_, bytes, words) => {
    expect(refusal(() => decodeText(bytes))).toContain(words);
  });
});

describe('tables', () => {
  test.each([
    ['Customer,Agents\nAcme,3\n', ','],
    ['Customer;Agents\r\n"A;c";3', ';'],
    ['Customer\tAgents\nAcme\t3', '\t'],
    ['Customer;Agents, total\nAcme;3\nBeta;4', ';'],
    ['sep=;\nCustomer;Agents\nAcme;3', ';'],
  ])('%j is split by %j', (text, delimiter) => {
    const table = readTable(text);
    expect(table.delimiter).toBe(delimiter);
    expect(table.rows[0]?.cells).toMatchObject({ Customer: expect.stringMatching(/^A/) });
  });

  test('lines are counted as an editor counts them, over quoted breaks and blank lines', () => {
    const { rows, problems } = readTable('a,b\n\n"x\ny",1\n,\nz,2\nq\n');
    expect(rows.map(({ line }) => line)).toEqual([3, 6]);
    expect(problems).toEqual([
      {
        line: 7,
        text: 'it has 1 cell where the title line has 2; put quotes around text that holds a comma',
      },
    ]);
  });

  test('titles that are missing or there twice get a number', () => {
    expect(readTable('a,,a\n1,2,3').columns).toEqual(['a', 'Column 2', 'a (2)']);
  });

  test.each([
    ['', 'no line of text'],
    ['a,b', 'a title line only'],
    ['Customer\nAcme', 'one column only'],
    ['a,b\n"x,1\ny,2', 'a quote (") is opened and not closed'],
    [`a,b\n${'x,1\n'.repeat(50_001)}`, '50,001 rows; icb takes at most 50,000'],
  ])('%.20j is refused', (text, words) => {
    expect(refusal(() => readTable(text))).toContain(words);
  });
});

describe('dates', () => {
  test.each([
    ['2026-11-03', undefined, '2026-11-03'],
    ['2026/11/3', undefined, '2026-11-03'],
    ['2026-11-03 10:15:00', undefined, '2026-11-03'],
    ['03/04/2026', 'day-month', '2026-04-03'],
    ['03/04/2026', 'month-day', '2026-03-04'],
    ['3.4.2026', 'day-month', '2026-04-03'],
    ['25/04/2026', undefined, '2026-04-25'],
    ['04/25/2026', undefined, '2026-04-25'],
    ['05/05/2026', undefined, '2026-05-05'],
    ['3 Nov 2026', undefined, '2026-11-03'],
    ['03-Nov-2026', undefined, '2026-11-03'],
    ['November 3, 2026', undefined, '2026-11-03'],
    ['Sept 3 2026', undefined, '2026-09-03'],
  ] as const)('%s, %s', (text, order, date) => {
    expect(readDate(text, order)).toEqual({ date });
  });
  test.each([
    ['03/04/2026', undefined, 'may be two days'],
    ['25/04/2026', 'month-day', 'does not fit the chosen order'],
    ['03/04/26', 'day-month', 'two digits'],
    ['2026-02-30', undefined, 'no day of the calendar'],
    ['30/30/2026', 'day-month', 'no day of the calendar'],
    ['2026-11-03T23:30:00Z', undefined, 'some time zone'],
    ['46329', undefined, 'is no date'],
    ['Foo 3 2026', undefined, 'no day of the calendar'],
    ['', undefined, 'missing'],
  ] as const)('%s, %s is refused', (text, order, words) => {
    expect(readDate(text, order)).toEqual({ problem: expect.stringContaining(words) });
  });
  test('an order is told by dates that can only be one day', () => {
    expect(dayOrderIn(['03/04/2026', '25/04/2026'])).toBe('day-month');
    expect(dayOrderIn(['03/04/2026', '04/25/2026'])).toBe('month-day');
    expect(dayOrderIn(['03/04/2026'])).toBeUndefined();
    expect(dayOrderIn(['25/04/2026', '04/25/2026'])).toBeUndefined();
  });
});

describe('numbers', () => {
  test.each([
    ['12', undefined, 12],
    ['0', undefined, 0],
    ['12.0', undefined, 12],
    ['12,00', undefined, 12],
    ['0.000', undefined, 0],
    ['1,234', 'comma-groups', 1234],
    ['1.234', 'point-groups', 1234],
    ['12.000', 'comma-groups', 12],
    ['12,000', 'point-groups', 12],
    ['1,234.00', undefined, 1234],
    ['1.234,00', undefined, 1234],
    ['1,234,567', undefined, 1_234_567],
    ['1 234', undefined, 1234],
    ['1\u202f234', undefined, 1234],
    ["1'234", undefined, 1234],
  ] as const)('%s, %s is %d', (text, style, quantity) => {
    expect(readQuantity(text, 'count', style)).toEqual({ quantity });
  });
  test.each([
    ['1,234', undefined, 'may be two numbers'],
    ['12.000', undefined, 'may be two numbers'],
    ['12.5', undefined, 'not whole'],
    ['12.500', 'comma-groups', 'not whole'],
    ['1,23', 'comma-groups', 'no whole number'],
    ['1.2.3', undefined, 'not whole'],
    ['-3', undefined, 'below zero'],
    ['−3', undefined, 'below zero'],
    ['n/a', undefined, 'leave the cell empty'],
    ['true', undefined, 'no whole number'],
    ['1e3', undefined, 'no whole number'],
    ['9999999999999', undefined, 'larger than any count'],
    ['=1+1', undefined, 'no whole number'],
  ] as const)('%s, %s is refused', (text, style, words) => {
    expect(readQuantity(text, 'count', style)).toEqual({ problem: expect.stringContaining(words) });
  });
  test.each([
    ['Yes', true],
    ['FALSE', false],
    ['enabled', true],
    ['1', true],
    ['0.0', false],
  ])('true/false: %s is %s', (text, quantity) => {
    expect(readQuantity(text, 'true-false')).toEqual({ quantity });
  });
  test('true/false: 2 is refused, an empty cell is unknown', () => {
    expect(readQuantity('2', 'true-false')).toEqual({
      problem: expect.stringContaining('neither true nor false'),
    });
    expect(readQuantity(' ', 'count')).toEqual({ empty: true });
  });
  test('a style is told by numbers that can only be read one way', () => {
    expect(numberStyleIn(['1,234', '1,234.50'])).toBe('comma-groups');
    expect(numberStyleIn(['1.234', '1.234.567'])).toBe('point-groups');
    expect(numberStyleIn(['1,234'])).toBeUndefined();
    expect(numberStyleIn(['1,234.00', '1.234,00'])).toBeUndefined();
  });
});

describe('columns are guessed from their titles', () => {
  const columns = (...pairs: [string, string][]) => ({
    layout: 'columns',
    columns: pairs.map(([column, billingType]) => ({ column, billingType })),
  });
  test.each([
    [
      'Organization,Agents,ITDR Users',
      { name: 'Organization', counts: columns(['Agents', 'Agents'], ['ITDR Users', 'ITDR Users']) },
    ],
    [
      'Tenant ID,Tenant Name,Number of agents',
      { externalId: 'Tenant ID', name: 'Tenant Name', counts: columns(['Number of agents', 'Agents']) },
    ],
    [
      'company_name,installed_agents,Awareness Training',
      {
        name: 'company_name',
        counts: columns(['installed_agents', 'Agents'], ['Awareness Training', 'SAT']),
      },
    ],
    [
      'Client,Metric,Date,Qty',
      { name: 'Client', date: 'Date', counts: { layout: 'rows', billingType: 'Metric', quantity: 'Qty' } },
    ],
    ['Foo,Bar', { counts: { layout: 'columns', columns: [] } }],
  ])('%s', (titles, matching) => {
    const table = readTable(`${titles}\n${titles.replace(/[^,]+/g, 'x')}`);
    expect(guessColumns(table, HUNTRESS)).toEqual(matching);
  });

  test('or from their cells: dates and billing types', () => {
    const table = readTable(
      'Customer,What,When,Count\nAcme,agents,25/03/2026,"1,234.00"\nBeta,SAT,03/04/2026,1',
    );
    expect(guessColumns(table, HUNTRESS)).toEqual({
      name: 'Customer',
      date: 'When',
      dayOrder: 'day-month',
      numbers: 'comma-groups',
      counts: { layout: 'rows', billingType: 'What', quantity: 'Count' },
    });
  });

  test('the only billing type of a module takes the count', () => {
    expect(guessColumns(readTable('Customer,Count\nAcme,3'), ONE).counts).toEqual(
      columns(['Count', 'Seats']),
    );
  });

  test('what was chosen last holds again where its columns are there', () => {
    const chosen = { name: 'B', counts: { layout: 'columns' as const, columns: [] } };
    expect(guessColumns(readTable('A,B\n1,2'), HUNTRESS, chosen)).toBe(chosen);
    expect(guessColumns(readTable('Name,C\n1,2'), HUNTRESS, chosen)).toMatchObject({ name: 'Name' });
  });
});

describe('counts', () => {
  const read = (text: string, date = TODAY) => {
    const table = readTable(text);
    return readUsageTable(table, HUNTRESS, guessColumns(table, HUNTRESS), date);
  };

  test('one column a billing type; empty cells stay unknown', () => {
    const { counts, problems, emptyCells } = read('Customer,Agents,SAT\nAcme,3,yes\nBeta,,no');
    expect(problems).toEqual([]);
    expect(emptyCells).toBe(1);
    expect(
      counts.map(({ line, item }) => [line, item.moduleOrganization.name, item.billingType, item.quantity]),
    ).toEqual([
      [2, 'Acme', 'Agents', 3],
      [2, 'Acme', 'SAT', true],
      [3, 'Beta', 'SAT', false],
    ]);
    expect(counts[0]?.item).toMatchObject({ date: TODAY, moduleOrganization: { externalId: 'Acme' } });
  });

  test('every wrong line is told with its column and what to do', () => {
    const { problems, counts } = read(
      'Tenant Id,Customer,Metric,Date,Qty\n1,Acme,Agents,03/04/2026,3\n2,,Agents,2026-11-01,1\n,Gamma,Agents,2026-11-01,1\n4,Delta,Pizza,2026-11-01,1\n5,Eta,Agents,2026-11-01,1.5\n6,Total,Agents,2026-11-01,9\n7,Theta,Agents,2026-11-01,2',
    );
    expect(problems.map(({ line, column, text }) => `${line} ${column}: ${text}`)).toEqual([
      '2 Date: "03/04/2026" may be two days; choose whether the day or the month comes first',
      '4 Customer: "Gamma" has no id in “Tenant Id”; fill it in, or match names only',
      '5 Metric: Huntress has no billing type "Pizza"; it has Installed agents, ITDR Users, Awareness training',
      '6 Qty: "1.5" is not whole; counts are whole numbers',
      '7 Customer: "Total" looks like a sum of the lines above; remove the line',
    ]);
    expect(counts.map(({ item }) => item.moduleOrganization)).toEqual([
      { externalId: '2', name: '2' },
      { externalId: '7', name: 'Theta' },
    ]);
  });

  test('what is still to be chosen is said', () => {
    const table = readTable('Foo,Bar\n1,2');
    expect(stillToChoose(table, guessColumns(table, HUNTRESS))).toEqual([
      'Choose the column that holds the organization’s name or id.',
      'Choose the billing type of at least one column.',
    ]);
  });
});
