import type { Activity } from '../domain/activity.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import { type Names, namesIn } from './names.ts';
import { psaNeeds } from './summary-psa.ts';

/** What waits for a person, in one sentence. */
export interface SummaryNeed {
  readonly kind:
    | 'failed-module'
    | 'psa-failed'
    | 'psa-notice'
    | 'push-unknown'
    | 'push-refused'
    | 'push-queued'
    | 'blocked'
    | 'held'
    | 'unmapped-organization'
    | 'unmapped-billing-types';
  readonly text: string;
  readonly count: number;
}

interface Waiting {
  readonly run: SyncRun;
  readonly activity: readonly Activity[];
  readonly held: number;
  /** Module organizations of counted modules that nobody decided on. */
  readonly unmapped: number;
}

export async function summaryNeeds(snapshot: Snapshot, waiting: Waiting): Promise<SummaryNeed[]> {
  const { run, activity, held, unmapped } = waiting;
  const names = await namesIn(snapshot);
  const failed = run.modules
    .filter((each) => each.state === 'failed')
    .map((module) => failedNeed(module, names));
  const blocked = activity.filter((row) => row.result === 'blocked');
  const without = await withoutServices(snapshot, new Set(run.modules.map((module) => module.id as string)));
  return [
    ...failed,
    ...(await psaNeeds(snapshot, run)),
    ...need('blocked', blocked.length, (count) =>
      count === 1
        ? `1 line is blocked: ${blocked[0]?.reason.text}`
        : `${count} lines are blocked; the first: ${blocked[0]?.reason.text}`,
    ),
    ...need('held', held, (count) =>
      count === 1
        ? '1 line is held until somebody approves or excludes its count.'
        : `${count} lines are held until somebody approves or excludes their counts.`,
    ),
    ...need('unmapped-organization', unmapped, (count) =>
      count === 1
        ? '1 module organization is not mapped; its usage bills nowhere.'
        : `${count} module organizations are not mapped; their usage bills nowhere.`,
    ),
    ...need('unmapped-billing-types', without.length, (count) =>
      count === 1
        ? `${without[0]} is mapped, but none of its billing types feeds a service.`
        : `${count} organizations are mapped, but none of their billing types feeds a service.`,
    ),
  ];
}

const need = (kind: SummaryNeed['kind'], count: number, text: (count: number) => string): SummaryNeed[] =>
  count === 0 ? [] : [{ kind, text: text(count), count }];

function failedNeed(
  { id, problem = 'unknown reason', tries = 1 }: SyncRun['modules'][number],
  names: Names,
): SummaryNeed {
  const often = tries > 1 ? ` in ${tries} tries` : '';
  const text = `${names.module(id)} could not be counted${often}: ${problem} Its units stay as they were.`;
  return { kind: 'failed-module', text, count: 1 };
}

/** Names of organizations that are mapped to a counted module and have no service mapping decided for it. */
async function withoutServices(snapshot: Snapshot, counted: ReadonlySet<string>): Promise<string[]> {
  const contracts = new Map((await snapshot.list('contracts')).map((contract) => [contract.id, contract]));
  const key = (organization: string | undefined, module: string) => `${organization} ${module}`;
  const decided = new Set(
    (await snapshot.list('serviceMappings')).map((mapping) =>
      key(contracts.get(mapping.contractId)?.organizationId, mapping.module),
    ),
  );
  const names = await namesIn(snapshot);
  const open = (await snapshot.list('organizationMappings')).flatMap((mapping) =>
    mapping.status === 'mapped' &&
    counted.has(mapping.module) &&
    !decided.has(key(mapping.organizationId, mapping.module))
      ? [names.organization(mapping.organizationId)]
      : [],
  );
  return [...new Set(open)];
}
