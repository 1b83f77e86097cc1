import { z } from 'zod';
import { addDays, type IsoDate, IsoDate as IsoDateSchema } from '../domain/calendar.ts';
import type { Module } from '../domain/module.ts';

const key = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => text !== '__proto__', 'choose another text');

const Row = z.object({
  date: IsoDateSchema,
  moduleOrganization: z.object({ externalId: key(150), name: z.string().trim().min(1).max(300) }),
  billingType: z.string().min(1),
  quantity: z.union([z.number().int().nonnegative(), z.boolean()], 'a whole number, or true or false'),
});
export type UsageRow = z.output<typeof Row>;

/** What is wrong with a row of a batch; rows count from 1. */
export interface RowProblem {
  readonly row: number;
  readonly column?: string;
  readonly text: string;
}

/**
 * Reads the rows of a batch: every wrong one is told. Two rows that say two things about one count are wrong, the same
 * thing said twice is not.
 * @param thinnedThrough the newest day of the module whose counts were thinned: a count is judged by those of the 30 days
 * before, so none is taken in for that long after it either
 */
export function readUsageRows(
  given: readonly unknown[],
  module: Module,
  today: IsoDate,
  thinnedThrough?: IsoDate,
): { readonly rows: readonly UsageRow[]; readonly problems: readonly RowProblem[] } {
  const rows: UsageRow[] = [];
  const problems: RowProblem[] = [];
  const firstOpen = thinnedThrough && addDays(thinnedThrough, 31);
  const first = new Map<string, { readonly row: number; readonly quantity: number }>();
  for (const [index, each] of given.entries()) {
    const row = index + 1;
    const parsed = Row.safeParse(each);
    if (!parsed.success) {
      const columns = Map.groupBy(parsed.error.issues, ({ path }) => path.map(String).join('.'));
      for (const [column, [issue]] of columns)
        problems.push({ row, ...(column ? { column } : {}), text: issue?.message ?? 'it cannot be read' });
      continue;
    }
    const wrong = wrongIn(parsed.data, module, today, firstOpen);
    problems.push(...wrong.map((problem) => ({ row, ...problem })));
    if (wrong.length > 0) continue;
    const quantity = Number(parsed.data.quantity);
    const said = first.get(countKey(parsed.data));
    if (said === undefined) {
      first.set(countKey(parsed.data), { row, quantity });
      rows.push(parsed.data);
    } else if (said.quantity !== quantity)
      problems.push({ row, column: 'quantity', text: saidTwice(parsed.data, said, quantity) });
  }
  return { rows, problems };
}

const countKey = ({ date, moduleOrganization: { externalId }, billingType }: UsageRow): string =>
  JSON.stringify([date, externalId, billingType]);

const saidTwice = (
  { date, moduleOrganization: { name }, billingType }: UsageRow,
  said: { readonly row: number; readonly quantity: number },
  quantity: number,
): string =>
  `"${name}", "${billingType}" on ${date} is ${said.quantity} in row ${said.row} and ${quantity} here; keep one of them`;

function wrongIn(
  row: UsageRow,
  module: Module,
  today: IsoDate,
  firstOpen: IsoDate | undefined,
): Omit<RowProblem, 'row'>[] {
  const type = module.billingTypes.find(({ name }) => name === row.billingType);
  return [
    ...(type
      ? []
      : [{ column: 'billingType', text: `${module.name} has no billing type "${row.billingType}"` }]),
    ...(row.date > today ? [{ column: 'date', text: `${row.date} lies in the future` }] : []),
    ...(firstOpen !== undefined && row.date < firstOpen
      ? [
          {
            column: 'date',
            text: `the daily counts of that time were thinned, so ${module.name} takes counts in from ${firstOpen} on`,
          },
        ]
      : []),
    ...(type?.unit === 'true-false' && Number(row.quantity) > 1
      ? [{ column: 'quantity', text: `"${type.name}" is true/false, so 1 or 0` }]
      : []),
    ...(type?.unit === 'count' && typeof row.quantity === 'boolean'
      ? [{ column: 'quantity', text: `"${type.name}" is counted, so a whole number` }]
      : []),
  ];
}

/** `row 3, quantity: a whole number` */
export const rowProblemText = ({ row, column, text }: RowProblem): string =>
  `row ${row}${column ? `, ${column}` : ''}: ${text}`;
