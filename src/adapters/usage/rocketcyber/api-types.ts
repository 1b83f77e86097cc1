import { z } from 'zod';

/**
 * What icb reads of RocketCyber's customer API v3. Two descriptions of it are public and neither is the vendor's, so both
 * their words are understood: what a maintained client sees on the wire, and an unofficial OpenAPI.
 */
const Id = z.union([z.string().min(1), z.number().int()]).transform(String);
const Name = z.string().nullish();

/** The first id given; an `IcbError` names the fields when there is none. */
const firstId = (ctx: z.core.$RefinementCtx, fields: string, ...ids: (string | undefined)[]): string => {
  const id = ids.find((each) => each !== undefined);
  if (id === undefined) ctx.addIssue({ code: 'custom', message: `none of ${fields}` });
  return id ?? '';
};

export const Account = z
  .object({ accountId: Id.optional(), id: Id.optional(), accountName: Name, name: Name })
  .transform(({ accountId, id, accountName, name }, ctx) => ({
    id: firstId(ctx, 'accountId and id', accountId, id),
    name: accountName ?? name,
  }));
export type Account = z.infer<typeof Account>;

/** A computer with an agent, or a firewall: what matters is whose it is. */
export const Machine = z
  .object({
    id: Id,
    accountId: Id.optional(),
    customerId: Id.optional(),
    accountName: Name,
    customerName: Name,
    hostname: Name,
    model: Name,
  })
  .transform(({ accountId, customerId, accountName, customerName, ...machine }, ctx) => ({
    ...machine,
    accountId: firstId(ctx, 'accountId and customerId', accountId, customerId),
    accountName: accountName ?? customerName,
  }));
export type Machine = z.infer<typeof Machine>;

/** One page, whichever names it came under. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly page: number;
  readonly totalPages: number;
  readonly total: number;
  /** How many rows the page says it has. */
  readonly count: number | undefined;
}

const whole = z.number().int().nonnegative();

const wirePage = <Row extends z.ZodType>(row: Row) =>
  z
    .object({
      totalCount: whole,
      currentPage: whole,
      totalPages: whole,
      dataCount: whole.optional(),
      data: z.array(row),
    })
    .transform(
      (body): Page<z.infer<Row>> => ({
        rows: body.data,
        page: body.currentPage,
        totalPages: body.totalPages,
        total: body.totalCount,
        count: body.dataCount,
      }),
    );

const describedPage = <Row extends z.ZodType>(row: Row) =>
  z.object({ total: whole, page: whole, pageSize: whole.min(1), items: z.array(row) }).transform(
    (body): Page<z.infer<Row>> => ({
      rows: body.items,
      page: body.page,
      totalPages: Math.ceil(body.total / body.pageSize),
      total: body.total,
      count: undefined,
    }),
  );

/** The schema by the body's own shape, so that a fault names a field of the form that came. */
export function pageOf<Row extends z.ZodType>(row: Row): z.ZodType<Page<z.infer<Row>>> {
  const [wire, described] = [wirePage(row), describedPage(row)];
  return z.unknown().transform((body, ctx) => {
    const isDescribed = typeof body === 'object' && body !== null && 'items' in body;
    const parsed = (isDescribed ? described : wire).safeParse(body);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) ctx.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
}

/** Monitored Microsoft 365 users of one account, by whichever field tells their number. */
export const OfficeTotal = z
  .object({
    monitoredAccounts: z.object({ total: whole }).optional(),
    totalCount: whole.optional(),
    licensedUsers: whole.optional(),
  })
  .transform(({ monitoredAccounts, totalCount, licensedUsers }, ctx) => {
    const total = monitoredAccounts?.total ?? totalCount ?? licensedUsers;
    if (total === undefined)
      ctx.addIssue({
        code: 'custom',
        path: ['monitoredAccounts', 'total'],
        message: 'nor totalCount or licensedUsers',
      });
    return total ?? 0;
  });
