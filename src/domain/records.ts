import type { z } from 'zod';
import { AccessRequest } from './access-request.ts';
import { Activity } from './activity.ts';
import { AuditEntry } from './audit.ts';
import { BillingItem } from './billing-item.ts';
import { Contract, ContractService } from './contract.ts';
import { EmbedLink } from './embed-link.ts';
import { LineDecisions } from './line-decision.ts';
import { AddedModule, ModuleState } from './module.ts';
import { ModuleOrganization } from './module-organization.ts';
import { OfficeSettings } from './office-settings.ts';
import { Organization } from './organization.ts';
import { OrganizationMapping } from './organization-mapping.ts';
import { PostRequest } from './post-request.ts';
import { Preferences } from './preferences.ts';
import { PsaState } from './psa-state.ts';
import { PsaUnitRow } from './psa-units.ts';
import { RejectedPair } from './rejected-pair.ts';
import { Thinning } from './retention.ts';
import { ServiceMapping } from './service-mapping.ts';
import { HoldLimits } from './settings.ts';
import { SignInLink } from './sign-in-link.ts';
import { SlackPost } from './slack-post.ts';
import { SlackTask } from './slack-task.ts';
import { StoredWidget } from './stored-widget.ts';
import { SyncRun } from './sync-run.ts';
import { Tab } from './tab.ts';
import { UnitLedger } from './unit-ledger.ts';
import { UnitPush } from './unit-push.ts';
import { UsageEvidence, UsageReport } from './usage-count.ts';
import { RememberedMatching, UsageDraft } from './usage-file.ts';
import { UsageUpload } from './usage-upload.ts';

interface Kind<S extends z.ZodType<{ id: string }>> {
  readonly schema: S;
  /** The part of a growing collection a record belongs to: a month `YYYY-MM` or a day `YYYY-MM-DD`. */
  readonly partition?: (record: z.infer<S>) => string;
}

const kind = <S extends z.ZodType<{ id: string }>>(
  schema: S,
  partition?: (record: z.infer<S>) => string,
): Kind<S> => (partition ? { schema, partition } : { schema });

const month = (date: string): string => date.slice(0, 7);

/** The layout of records that this version writes. Before 2, ids of what hangs on a contract did not begin alike. */
export const RECORD_SCHEMA = 2;

/** Everything icb keeps: each kind of record, its schema, and how it is partitioned in time. */
export const RECORDS = {
  organizations: kind(Organization),
  contracts: kind(Contract),
  contractServices: kind(ContractService),
  addedModules: kind(AddedModule),
  moduleStates: kind(ModuleState),
  moduleOrganizations: kind(ModuleOrganization),
  organizationMappings: kind(OrganizationMapping),
  rejectedPairs: kind(RejectedPair),
  serviceMappings: kind(ServiceMapping),
  unitLedgers: kind(UnitLedger),
  unitPushes: kind(UnitPush),
  psaStates: kind(PsaState),
  psaUnits: kind(PsaUnitRow, (row) => month(row.start)),
  lineDecisions: kind(LineDecisions),
  settings: kind(HoldLimits),
  officeSettings: kind(OfficeSettings),
  accessRequests: kind(AccessRequest),
  postRequests: kind(PostRequest),
  preferences: kind(Preferences),
  signInLinks: kind(SignInLink),
  slackTasks: kind(SlackTask),
  slackPosts: kind(SlackPost),
  widgets: kind(StoredWidget),
  tabs: kind(Tab),
  embedLinks: kind(EmbedLink),
  columnMatchings: kind(RememberedMatching),
  usageDrafts: kind(UsageDraft, (draft) => draft.at.slice(0, 10)),
  usageUploads: kind(UsageUpload, (upload) => month(upload.at)),
  usageReports: kind(UsageReport, (report) => month(report.date)),
  usageEvidence: kind(UsageEvidence, (evidence) => evidence.date),
  billingItems: kind(BillingItem, (item) => month(item.period.start)),
  syncRuns: kind(SyncRun, (run) => month(run.startedAt)),
  activity: kind(Activity, (row) => month(row.date)),
  audit: kind(AuditEntry, (entry) => month(entry.at)),
  thinnings: kind(Thinning),
} as const;

export type RecordKind = keyof typeof RECORDS;
export type RecordOf<K extends RecordKind> = z.infer<(typeof RECORDS)[K]['schema']>;

export const RECORD_KINDS = Object.keys(RECORDS) as RecordKind[];
