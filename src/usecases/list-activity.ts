import type { Activity } from '../domain/activity.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { namesIn } from './names.ts';
import { newestFirst } from './newest-first.ts';

export interface ActivityView extends Activity {
  readonly moduleName: string;
  readonly billingTypeLabel?: string;
  readonly organization?: string;
  readonly contract?: string;
  readonly service?: string;
}

/** The activity log, newest first. `failedOnly`: what was not billed, with its reason. Error: `unknown-module`. */
export async function listActivity(
  core: Core,
  {
    failedOnly = false,
    module,
    limit = 100,
    cursor,
  }: {
    readonly failedOnly?: boolean | undefined;
    readonly module?: string | undefined;
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  } = {},
): Promise<{ readonly items: ActivityView[]; readonly nextCursor?: string }> {
  const only = module === undefined ? undefined : knownModule(module).id;
  const snapshot = await core.store.snapshot();
  const page = await newestFirst(snapshot, 'activity', {
    // The partition is the business day's month, which may lag the instant's.
    keyOf: (row) => `${row.date}|${row.at}|${row.id}`,
    test: (row) => (!failedOnly || NOT_BILLED.has(row.result)) && (only === undefined || row.module === only),
    limit,
    cursor,
  });
  const names = await namesIn(snapshot);
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

const NOT_BILLED: ReadonlySet<Activity['result']> = new Set(['failed', 'held', 'blocked']);
