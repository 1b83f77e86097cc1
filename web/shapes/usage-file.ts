import { z } from '@hono/zod-openapi';
import { jsonOf } from '../../src/domain/json-of.ts';
import { ColumnMatching } from '../../src/domain/usage-file.ts';
import type { ImportedFile } from '../../src/usecases/import-usage-file.ts';
import { Currency, Day, Money } from './common.ts';
import { PlanLineShape } from './plan-line.ts';

export const fileQuery = z.object({
  module: z.string().min(1).openapi({ description: 'Id or name' }),
  file: z.string().max(200).optional().openapi({ description: 'The file’s name, for the log' }),
  date: Day.optional().openapi({
    description: 'Of the whole file, where it has no date column; today when left out',
  }),
  map: z
    .string()
    .transform((text, context) => {
      const fields = z.record(z.string(), z.string()).safeParse(jsonOf(text));
      if (fields.success) return fields.data;
      context.addIssue({ code: 'custom', message: 'a JSON object of column title to field' });
      return z.NEVER;
    })
    .optional()
    .openapi({
      type: 'string',
      description:
        'A JSON object from column title to `organization`, `organization-id`, `date`, `billing-type`, `quantity` or a billing type; guessed when left out',
    }),
  dayOrder: z.enum(['day-month', 'month-day']).optional(),
  numbers: z.enum(['comma-groups', 'point-groups']).optional(),
  dryRun: z
    .enum(['true', 'false'])
    .optional()
    .transform((text) => text === 'true'),
});
export type FileQuery = z.output<typeof fileQuery>;

const Total = z.object({ currency: Currency, amount: Money, monthlyAmount: Money });

export const UsageFileAnswer = z
  .object({
    module: z.string(),
    matching: ColumnMatching,
    rows: z.int(),
    wrongRows: z.int(),
    todo: z.array(z.string()).openapi({ description: 'What still has to be chosen' }),
    problems: z.array(z.object({ line: z.int(), column: z.string().optional(), text: z.string() })),
    emptyCells: z.int().openapi({ description: 'Cells without a count, which stay unknown' }),
    accepted: z.int(),
    changed: z.int(),
    dates: z.array(Day),
    byType: z.array(
      z.object({
        billingType: z.string(),
        label: z.string(),
        counts: z.int(),
        total: z.int(),
        changed: z.int(),
      }),
    ),
    newModuleOrganizations: z.array(z.object({ externalId: z.string(), name: z.string() })),
    notInFile: z.array(z.string()),
    moduleEnabled: z.boolean(),
    lines: z.array(PlanLineShape).openapi({ description: 'Lines of the plan that come out another way' }),
    totals: z.array(Total),
    savable: z.boolean(),
    upload: z.string().optional(),
    saved: z.boolean(),
  })
  .openapi('UsageFile');

export const fileAnswer = ({ module, matching, preview, takenIn }: ImportedFile) => ({
  module: module.id,
  matching,
  ...preview,
  ...(takenIn?.upload ? { upload: takenIn.upload.id } : {}),
  saved: takenIn !== undefined,
});
