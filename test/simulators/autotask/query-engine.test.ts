import { describe, expect, it } from 'vitest';
import { theEntity } from '../../../src/simulators/autotask/entities/entities.ts';
import { matches } from '../../../src/simulators/autotask/query/match-condition.ts';
import { parseQuery } from '../../../src/simulators/autotask/query/parse-query.ts';
import { Refusal } from '../../../src/simulators/autotask/refusal.ts';
import type { Row } from '../../../src/simulators/autotask/tables.ts';

const COMPANIES: readonly Row[] = [
  {
    id: 0,
    companyName: 'Northwind IT',
    companyType: 1,
    isActive: true,
    createDate: '2020-01-05T10:00:00.000Z',
  },
  {
    id: 1,
    companyName: 'Daily Mail',
    companyType: 1,
    isActive: true,
    webAddress: '',
    'udf:Support Tier': 'Gold',
  },
  {
    id: 2,
    companyName: 'daily bread',
    companyType: 2,
    isActive: false,
    createDate: '2026-01-05T10:00:00.000Z',
  },
  { id: 3, companyName: 'Café 100%', companyType: 4, isActive: true, webAddress: 'cafe.example' },
];

function found(...filter: unknown[]): number[] {
  const query = parseQuery(theEntity('Companies'), { filter });
  return COMPANIES.filter((row) => query.conditions.every((one) => matches(row, one))).map(({ id }) => id);
}

function refusal(body: unknown, entity: Parameters<typeof theEntity>[0] = 'Companies'): string {
  try {
    parseQuery(theEntity(entity), body);
    return '';
  } catch (error) {
    return error instanceof Refusal ? `${error.status} ${error.errors.join(' ')}` : String(error);
  }
}

describe('operators', () => {
  it.each([
    ['eq without regard to case', { op: 'eq', field: 'companyName', value: 'DAILY MAIL' }, [1]],
    ['eq of a number given as text', { op: 'eq', field: 'companyType', value: '1' }, [0, 1]],
    ['eq of true', { op: 'eq', field: 'isActive', value: true }, [0, 1, 3]],
    ['field names in any case', { op: 'EQ', field: 'CompanyType', value: 4 }, [3]],
    ['noteq passes null over', { op: 'noteq', field: 'webAddress', value: 'x' }, [1, 3]],
    ['gt', { op: 'gt', field: 'id', value: 1 }, [2, 3]],
    ['gte', { op: 'gte', field: 'id', value: 1 }, [1, 2, 3]],
    ['lt', { op: 'lt', field: 'id', value: 1 }, [0]],
    ['lte', { op: 'lte', field: 'id', value: 1 }, [0, 1]],
    ['gt of an instant', { op: 'gt', field: 'createDate', value: '2026-01-05' }, [2]],
    [
      'lte of an instant in another zone',
      { op: 'lte', field: 'createDate', value: '2020-01-05T11:00:00+01:00' },
      [0],
    ],
    ['beginsWith', { op: 'beginsWith', field: 'companyName', value: 'daily' }, [1, 2]],
    ['endsWith', { op: 'endsWith', field: 'companyName', value: 'IT' }, [0]],
    ['contains, % being no wildcard', { op: 'contains', field: 'companyName', value: '0%' }, [3]],
    ['exist: "" is something', { op: 'exist', field: 'webAddress' }, [1, 3]],
    ['notExist', { op: 'notExist', field: 'webAddress' }, [0, 2]],
    ['in', { op: 'in', field: 'companyType', value: [2, 4] }, [2, 3]],
    ['in of nothing', { op: 'in', field: 'companyType', value: [] }, []],
    ['notIn', { op: 'notIn', field: 'companyType', value: [2, 4] }, [0, 1]],
    ['a user-defined field', { op: 'eq', field: 'support tier', value: 'gold', udf: true }, [1]],
    ['eq of null finds nothing', { op: 'eq', field: 'webAddress', value: null }, []],
  ])('%s', (_, node, expected) => {
    expect(found(node)).toEqual(expected);
  });

  it('joins the top level by and, and nests', () => {
    expect(found({ op: 'gt', field: 'id', value: 0 }, { op: 'eq', field: 'companyType', value: 1 })).toEqual([
      1,
    ]);
    const either = [
      { op: 'eq', field: 'companyType', value: 4 },
      {
        op: 'and',
        items: [
          { op: 'eq', field: 'companyType', value: 1 },
          { op: 'gt', field: 'id', value: 0 },
        ],
      },
    ];
    expect(found({ op: 'or', items: either })).toEqual([1, 3]);
  });

  it('takes keys of the body and of conditions in any case', () => {
    const body = { Filter: [{ Op: 'gt', Field: 'id', Value: 1 }], MaxRecords: 2, IncludeFields: ['id'] };
    expect(parseQuery(theEntity('Companies'), body)).toMatchObject({
      maxRecords: 2,
      include: new Set(['id']),
    });
  });
});

const ids = (count: number) => ({ op: 'in', field: 'id', value: Array.from({ length: count }, (_, i) => i) });
const each = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ op: 'eq', field: 'id', value: i }));
const udf = { op: 'eq', field: 'Support Tier', value: 'Gold', udf: true };

describe('refusals', () => {
  it.each([
    ['no filter', { maxRecords: 3 }, /filter/],
    ['an empty filter', { filter: [] }, /filter/],
    ['an unknown operator', { filter: [{ op: 'like', field: 'id', value: 1 }] }, /'like' is not an operator/],
    ['an unknown field', { filter: [{ op: 'eq', field: 'colour', value: 1 }] }, /Unable to find colour/],
    [
      'a field not for filters',
      { filter: [{ op: 'eq', field: 'sicCode', value: '1' }] },
      /sicCode is not queryable/,
    ],
    [
      'a label for a number',
      { filter: [{ op: 'eq', field: 'companyType', value: 'Customer' }] },
      /varchar 'Customer' to data type int/,
    ],
    ['a text for true', { filter: [{ op: 'eq', field: 'isActive', value: 'true' }] }, /to data type bit/],
    ['no day', { filter: [{ op: 'gt', field: 'createDate', value: 'soon' }] }, /date/],
    [
      'contains on a number',
      { filter: [{ op: 'contains', field: 'id', value: 1 }] },
      /contains is not valid/,
    ],
    ['in without a list', { filter: [{ op: 'in', field: 'id', value: 1 }] }, /needs an array/],
    ['no value', { filter: [{ op: 'eq', field: 'id' }] }, /needs a value/],
    ['501 values', { filter: [ids(501)] }, /limited to 500 or fewer 'OR' conditions/],
    ['501 branches', { filter: [{ op: 'or', items: each(501) }] }, /limited to 500 or fewer 'OR' conditions/],
    ['501 between them', { filter: [ids(300), { op: 'or', items: each(201) }] }, /limited to 500/],
    ['two user-defined fields', { filter: [udf, udf] }, /Only one UDF/],
    ['0 records', { filter: [ids(1)], maxRecords: 0 }, /MaxRecords/],
    ['501 records', { filter: [ids(1)], maxRecords: 501 }, /MaxRecords/],
  ])('%s', (_, body, expected) => {
    expect(refusal(body)).toMatch(expected);
    expect(refusal(body)).toMatch(/^500 /);
  });

  it('takes 500 of each', () => {
    expect(refusal({ filter: [ids(500)], maxRecords: 500 })).toBe('');
    expect(refusal({ filter: [{ op: 'or', items: each(500) }] })).toBe('');
  });

  it('knows no field that is only written', () => {
    const body = { filter: [{ op: 'eq', field: 'adjustedPrice', value: 1 }] };
    expect(refusal(body, 'ContractServices')).toContain('Unable to find adjustedPrice');
  });
});
