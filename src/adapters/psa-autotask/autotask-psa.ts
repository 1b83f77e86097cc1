import { IcbError } from '../../domain/errors.ts';
import type { Psa, PsaCall, RemotePsa } from '../../ports/psa.ts';
import { adjustUnits } from './adjust-units.ts';
import { createCurrencies } from './currencies.ts';
import { createHealth } from './health.ts';
import { emptyMemory } from './memory.ts';
import { pagesOf } from './pages.ts';
import { createPicklists } from './picklists.ts';
import { stopped } from './problems.ts';
import { type Reading, readBook } from './read-book.ts';
import { readPosted } from './read-posted.ts';
import { readUnits } from './read-units.ts';
import { openSession } from './session.ts';
import type { AutotaskDeps, AutotaskOptions, AutotaskSettings } from './settings.ts';

/** Books in Autotask PSA by its REST API. Keep one per API user: zone, budget, picklists and refusals are remembered in it. */
export function autotaskPsa(
  settings: AutotaskSettings,
  { currency }: AutotaskOptions,
  deps: AutotaskDeps = {},
): Psa & { readonly remote: RemotePsa } {
  const { now = Date.now } = deps;
  const session = openSession(settings, deps);
  const health = createHealth(session, now);
  const reading: Reading = {
    session,
    picklists: createPicklists(session, now),
    currencies: createCurrencies(session, now),
    memory: emptyMemory(),
    baseCurrency: currency,
  };
  /** A stopped reading fails by the caller's own signal, whatever it fails with. */
  const untilStopped = <T>(call: PsaCall, reading: Promise<T>): Promise<T> =>
    reading.catch((error) => {
      if (call.signal.aborted) throw stopped();
      health.doubt();
      throw error;
    });
  const pages = pagesOf(() => session.zone({ signal: new AbortController().signal }));

  return {
    kind: 'autotask',
    check: health.check,
    adjustUnits: (adjustments, call = { signal: new AbortController().signal }) =>
      adjustUnits(session, now, adjustments, call),
    async approveAndPost() {
      const page = await pages.approveAndPost().catch(() => 'your Autotask');
      throw new IcbError(
        'not-postable',
        `Only a person can approve and post in Autotask: open Contracts > Approve & Post in ${page}, and icb picks the posted items up at the next sync.`,
      );
    },
    remote: {
      readBook: (asked, call) => untilStopped(call, readBook(reading, asked, call)),
      readUnits: (asked, call) => untilStopped(call, readUnits(reading, asked, call)),
      readPosted: (asked, call) => untilStopped(call, readPosted(reading, asked, call)),
      inspect: health.inspect,
      notice: session.moved,
      pages,
      budget: session.budget.state,
    },
  };
}
