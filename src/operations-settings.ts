import { z } from 'zod';
import { DEFAULT_RETENTION, LEAST_MONTHS, type Retention } from './domain/retention.ts';

/** Whole months that something is kept; null for ever. */
const Months = z
  .string()
  .regex(/^(\d{1,4}|forever)$/, 'a number of months, or forever')
  .transform((text) => (text === 'forever' ? null : Number(text)))
  .refine(
    (months) => months === null || months >= LEAST_MONTHS,
    `at least ${LEAST_MONTHS} months, or forever`,
  );

/** Settings of whoever runs icb: logs, metrics, what is kept how long, how a stop goes. */
export const OPERATIONS = {
  ICB_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ICB_LOG_NAMES: z.enum(['on', 'off']).default('on'),
  ICB_METRICS: z.enum(['token', 'open', 'off']).default('token'),
  ICB_METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  ICB_STOP_SECONDS: z.coerce.number('a number of seconds').int().min(2).max(3600).default(25),
  ICB_KEEP_COUNTS: Months.default(DEFAULT_RETENTION.counts),
  ICB_KEEP_DEVICES: Months.default(DEFAULT_RETENTION.devices),
  ICB_KEEP_QUIET_ACTIVITY: Months.default(DEFAULT_RETENTION['quiet-activity']),
  ICB_KEEP_ACTIVITY: Months.default(DEFAULT_RETENTION.activity),
  ICB_KEEP_UNIT_CHANGES: Months.default(DEFAULT_RETENTION['unit-changes']),
} as const;

type Values = z.infer<z.ZodObject<typeof OPERATIONS>>;

export const operationsOf = (values: Values) => ({
  logLevel: values.ICB_LOG_LEVEL,
  logNames: values.ICB_LOG_NAMES === 'on',
  metrics: values.ICB_METRICS,
  metricsToken: values.ICB_METRICS_TOKEN,
  stopSeconds: values.ICB_STOP_SECONDS,
  retention: {
    counts: values.ICB_KEEP_COUNTS,
    devices: values.ICB_KEEP_DEVICES,
    'quiet-activity': values.ICB_KEEP_QUIET_ACTIVITY,
    activity: values.ICB_KEEP_ACTIVITY,
    'unit-changes': values.ICB_KEEP_UNIT_CHANGES,
  } satisfies Retention,
});
