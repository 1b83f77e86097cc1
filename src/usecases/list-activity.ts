import type { Activity } from '../domain/activity.ts';
import { monthOf } from '../domain/calendar.ts';
import { type ActivityFilter, activityTest } from './activity-filter.ts';
import type { Core } from './core.ts';
import { namesIn } from './names.ts';
import { newestFirst } from './newest-first.ts';

export interface ActivityView extends Activity {
  readonly moduleName: string;
  readonly billingTypeLabel?: string;
  readonly organization?: string;
  readonly contract?: string;
  readonly service?: string;
}

interface ActivityQuery extends ActivityFilter {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/**
 * The activity log, newest first, as far back as retention keeps it (see `thin`). Errors: `unknown-module`,
 * `unknown-organization`, `bad-input`.
 */
export async function listActivity(
  core: Core,
  { limit = 100, cursor, ...filter }: ActivityQuery = {},
): Promise<{ readonly items: ActivityView[]; readonly nextCursor?: string }> {
  const snapshot = await core.store.snapshot();
  const names = await namesIn(snapshot);
  const page = await newestFirst(snapshot, 'activity', {
    // The partition is the business day's month, which may lag the instant's.
    keyOf: (row) => `${row.date}|${row.at}|${row.id}`,
    test: await activityTest(core, filter, names),
    range: {
      ...(filter.from ? { from: monthOf(filter.from) } : {}),
      ...(filter.to ? { to: monthOf(filter.to) } : {}),
    },
    limit,
    cursor,
  });
  const items = page.items.map(
    (row): ActivityView => ({
      ...row,
      moduleName: names.module(row.module),
      ...(row.billingType ? { billingTypeLabel: names.billingType(row.module, row.billingType) } : {}),
      ...(row.organizationId ? { organization: names.organization(row.organizationId) } : {}),
      ...(row.contractId ? { contract: names.contract(row.contractId) } : {}),
      ...(row.contractServiceId ? { service: names.service(row.contractServiceId) } : {}),
    }),
  );
  return { ...page, items };
}
