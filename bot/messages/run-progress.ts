import type { SyncRun } from '../../src/domain/sync-run.ts';
import { escapeName } from '../words/escape.ts';
import { counted, listed, when } from '../words/wording.ts';

/** How far a run is that is still under way, in mrkdwn. */
export function runProgress(run: SyncRun, nameOf: (module: string) => string): string {
  const counting = run.modules.filter(({ state }) => state === 'running');
  const done = run.modules.length - counting.length;
  const names = listed(counting.map(({ id }) => escapeName(nameOf(id))));
  if (counting.length > 0)
    return `*Counting…* ${done} of ${counted(run.modules.length, 'module')} done; still under way: ${names}.`;
  const { pushed = 0, queued = 0, waitsUntil } = run.psa ?? {};
  if (waitsUntil)
    return `*Sending unit changes…* ${counted(pushed, 'change')} sent; it goes on ${when(waitsUntil)}.`;
  if (pushed + queued > 0)
    return `*Sending unit changes…* ${pushed} of ${counted(pushed + queued, 'change')} sent.`;
  return `*Applying…* ${counted(run.modules.length, 'module')} counted; units and billing items are being written.`;
}
