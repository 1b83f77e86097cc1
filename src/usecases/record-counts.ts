import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import { type ModuleId, moduleOrganizationId, type SyncRunId } from '../domain/ids.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type UsageEvidence, type UsageReport, usageReportId } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { UsageAnswer } from '../ports/usage-source.ts';
import type { ModuleCount } from '../sync/count-modules.ts';
import type { Core } from './core.ts';

/** What the count of one module writes: its state always; organizations, counts and devices when it answered. */
export async function recordsOfCount(
  core: Core,
  snapshot: Snapshot,
  run: { readonly id: SyncRunId; readonly date: IsoDate },
  { outcome, answer }: ModuleCount,
) {
  const at = isoInstant(core.clock.now());
  const before = await snapshot.get('moduleStates', outcome.id);
  const failed = outcome.state === 'failed';
  const moduleStates: ModuleState[] = before
    ? [
        {
          ...before,
          lastSync: {
            runId: run.id,
            at,
            state: failed ? 'failed' : 'done',
            ...(outcome.problem ? { problem: outcome.problem } : {}),
          },
          ...(failed ? {} : { lastCountedAt: at }),
        },
      ]
    : [];
  if (!answer) return { put: { moduleStates }, newModuleOrganizations: 0 };
  const known = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  const moduleOrganizations = answer.organizations.map((source): ModuleOrganization => {
    const id = moduleOrganizationId(outcome.id, source.externalId);
    return {
      id,
      module: outcome.id,
      externalId: source.externalId,
      name: source.name,
      ...(source.parentExternalId
        ? { parentId: moduleOrganizationId(outcome.id, source.parentExternalId) }
        : {}),
      hints: { ...source.hints },
      firstSeen: known.get(id)?.firstSeen ?? run.date,
      lastSeen: run.date,
    };
  });
  const report = reportOf(outcome.id, run.date, answer, at);
  return {
    put: {
      moduleStates,
      moduleOrganizations,
      usageReports: [report],
      usageEvidence: [evidenceOf(report, answer)],
    },
    newModuleOrganizations: moduleOrganizations.filter((each) => !known.has(each.id)).length,
  };
}

/** A complete report; zero counts are left out of it. */
export function reportOf(
  module: ModuleId,
  date: IsoDate,
  answer: Pick<UsageAnswer, 'counts'>,
  takenAt: UsageReport['takenAt'],
): UsageReport {
  const counts: UsageReport['counts'] = {};
  for (const { externalId, billingType, quantity } of answer.counts) {
    if (quantity === 0) continue;
    const own = counts[externalId] ?? {};
    own[billingType] = quantity;
    counts[externalId] = own;
  }
  return { id: usageReportId(module, date), module, date, takenAt, complete: true, counts };
}

function evidenceOf(report: UsageReport, answer: UsageAnswer): UsageEvidence {
  const devices: UsageEvidence['devices'] = {};
  for (const { externalId, id, name, billingType } of answer.devices) {
    const own = devices[externalId] ?? [];
    own.push({ id, name, billingType });
    devices[externalId] = own;
  }
  return { id: report.id, module: report.module, date: report.date, devices };
}
