import type { Actor } from '../domain/actor.ts';
import { addMonths, IsoMonth, monthOf } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { approveAndPost } from '../usecases/approve-and-post.ts';
import type { Core } from '../usecases/core.ts';
import { startSync } from '../usecases/start-sync.ts';
import { filledHistory } from './filled-history.ts';
import type { SampleSite } from './sample-site.ts';

/**
 * Twelve months of decisions and stored usage counts, then what icb itself makes of them: one sync replays the counts
 * into billing items, and those of every month before this one are approved and posted.
 */
export async function fillDemo(
  core: Core,
  { by, sites, seed }: { readonly by: Actor; readonly sites: readonly SampleSite[]; readonly seed: number },
): Promise<void> {
  const snapshot = await core.store.snapshot();
  const today = core.clock.today();
  const history = filledHistory({
    organizations: await snapshot.list('organizations'),
    contracts: await snapshot.list('contracts'),
    contractServices: await snapshot.list('contractServices'),
    sites,
    today,
    by,
    seed,
  });
  await core.store.commit({ put: history });
  const run = await (await startSync(core, { trigger: 'api', by })).finished;
  if (run.state === 'failed')
    throw new IcbError(
      'config',
      `The demo could not be filled: ${run.problem ?? 'no module could be counted'}`,
    );
  const to = IsoMonth.parse(monthOf(addMonths(today, -1)));
  await approveAndPost(core, { by, filter: { status: 'pending', period: { to } } });
}
