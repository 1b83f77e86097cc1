import type { IsoInstant } from '../domain/calendar.ts';
import { isoInstant } from '../domain/calendar.ts';
import type { PsaOutcome, SyncRun } from '../domain/sync-run.ts';
import { needsPerson, PUSH_STATUSES, type PushStatus } from '../domain/unit-push.ts';
import type { Psa } from '../ports/psa.ts';
import type { Core } from './core.ts';
import { listSyncs } from './list-syncs.ts';
import { psaName } from './psa-name.ts';
import { psaPages } from './psa-pages.ts';

export interface PsaView {
  readonly kind: Psa['kind'];
  readonly name: string;
  /** `unread`: a remote PSA no run has asked yet. */
  readonly state: 'done' | 'failed' | 'unread';
  readonly problem?: string;
  readonly notice?: string;
  /** What the newest run that asked it came to. */
  readonly lastRun?: { readonly id: string; readonly at: IsoInstant } & PsaOutcome;
  readonly budget?: { readonly used: number; readonly limit: number; readonly stoppedUntil?: IsoInstant };
  readonly pushes: Readonly<Record<PushStatus, number>>;
  /** Pushes a person is to decide on. */
  readonly needPerson: number;
  /** Where a person approves and posts. */
  readonly approveAndPost?: string;
}

/** Which PSA is billed through, how it was found last, and what is on its way there. */
export async function getPsa(core: Core): Promise<PsaView> {
  const { psa } = core;
  const pushes = await (await core.store.snapshot()).list('unitPushes');
  const counts = Object.fromEntries(
    PUSH_STATUSES.map((status) => [status, pushes.filter(({ state }) => state.status === status).length]),
  ) as Record<PushStatus, number>;
  const common = {
    kind: psa.kind,
    name: psaName(psa),
    pushes: counts,
    needPerson: pushes.filter(needsPerson).length,
  };
  if (!psa.remote) return { ...common, state: 'done' };
  const run = (await listSyncs(core)).find(
    (each): each is SyncRun & { psa: PsaOutcome } => each.psa !== undefined,
  );
  const budget = psa.remote.budget();
  const notice = psa.remote.notice();
  // The page's address needs the PSA itself, which may be away.
  const pages = await psaPages(core).catch(() => undefined);
  return {
    ...common,
    state: run?.psa.state ?? 'unread',
    ...(run?.psa.problem === undefined ? {} : { problem: run.psa.problem }),
    ...(notice === undefined ? {} : { notice }),
    ...(run ? { lastRun: { id: run.id, at: run.finishedAt ?? run.startedAt, ...run.psa } } : {}),
    ...(budget
      ? {
          budget: {
            used: budget.used,
            limit: budget.limit,
            ...(budget.stoppedUntil ? { stoppedUntil: isoInstant(budget.stoppedUntil) } : {}),
          },
        }
      : {}),
    ...(pages ? { approveAndPost: pages.approveAndPost } : {}),
  };
}
