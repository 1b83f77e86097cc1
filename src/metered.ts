import type { Meter } from './ports/meter.ts';
import type { Psa, PsaCall } from './ports/psa.ts';
import type { Snapshot, Store, TenantStore } from './ports/store.ts';
import type { UsageSource } from './ports/usage-source.ts';

/** What each part does, told to a meter; the parts know nothing of it. */
const since = (began: number): number => (performance.now() - began) / 1000;

type Told = (seconds: number, failed: boolean) => void;

async function timed<T>(work: () => Promise<T>, told: Told): Promise<T> {
  const began = performance.now();
  let failed = true;
  try {
    const value = await work();
    failed = false;
    return value;
  } finally {
    told(since(began), failed);
  }
}

/** `target` with some methods instead of its own; everything else stays the target's, also what a port leaves open. */
function withMethods<T extends object>(target: T, methods: Partial<T>): T {
  const bound = new Map<PropertyKey, unknown>(Object.entries(methods));
  return new Proxy(target, {
    get(_, name) {
      if (bound.has(name)) return bound.get(name);
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const method: unknown = value.bind(target);
      bound.set(name, method);
      return method;
    },
  });
}

export function meteredStore(store: Store, meter: Meter): Store {
  return withMethods(store, {
    for: async (tenant) => meteredTenant(await store.for(tenant), meter),
  });
}

function meteredTenant(tenant: TenantStore, meter: Meter): TenantStore {
  return withMethods<TenantStore>(tenant, {
    snapshot: async () =>
      meteredSnapshot(
        await timed(
          () => tenant.snapshot(),
          (seconds, failed) => meter.stored('snapshot', seconds, failed),
        ),
        meter,
      ),
    commit: (changes, options) =>
      timed(
        () => tenant.commit(changes, options),
        (seconds, failed) => meter.stored('commit', seconds, failed),
      ),
  });
}

function meteredSnapshot(snapshot: Snapshot, meter: Meter): Snapshot {
  return withMethods<Snapshot>(snapshot, {
    list: (kind, range) =>
      timed(
        () => snapshot.list(kind, range),
        (seconds, failed) => meter.stored('list', seconds, failed),
      ),
    get: (kind, id, partition) =>
      timed(
        () => snapshot.get(kind, id, partition),
        (seconds, failed) => meter.stored('get', seconds, failed),
      ),
  });
}

const counting =
  (meter: Meter, vendor: string, onRequest: (() => void) | undefined): (() => void) =>
  () => {
    meter.vendorRequest(vendor);
    onRequest?.();
  };

export const meteredSource = (source: UsageSource, meter: Meter): UsageSource =>
  withMethods(source, {
    count: (options) =>
      source.count({ ...options, onRequest: counting(meter, source.module, options.onRequest) }),
  });

export function meteredPsa(psa: Psa, meter: Meter): Psa {
  const { remote } = psa;
  if (!remote) return psa;
  const counted = (call: PsaCall): PsaCall => ({
    ...call,
    onRequest: counting(meter, psa.kind, call.onRequest),
  });
  return withMethods(psa, {
    adjustUnits: (adjustments, call = { signal: new AbortController().signal }) =>
      psa.adjustUnits(adjustments, counted(call)),
    remote: withMethods(remote, {
      readBook: (asked, call) => remote.readBook(asked, counted(call)),
      readUnits: (asked, call) => remote.readUnits(asked, counted(call)),
      readPosted: (asked, call) => remote.readPosted(asked, counted(call)),
      inspect: (call) => remote.inspect(counted(call)),
    }),
  });
}
