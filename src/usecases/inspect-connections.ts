import { isIcbError } from '../domain/errors.ts';
import type { Finding } from '../ports/finding.ts';
import type { Core } from './core.ts';
import { readCatalogue } from './read-catalogue.ts';

/** What was found when one connection was looked at. */
export interface InspectedConnection {
  /** As people know it: `Autotask`, `Datto RMM`. */
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Long enough for a slow vendor, short enough for a person who waits. */
const TIMEOUT_MS = 45_000;

/**
 * Looks at the PSA and at every connected module for real, side by side: credentials, rights, limits left, clock. Never
 * throws: what cannot be looked at is a finding that says why.
 */
export async function inspectConnections(
  core: Core,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<InspectedConnection[]> {
  const signal = AbortSignal.timeout(timeoutMs);
  const catalogue = await readCatalogue(await core.store.snapshot());
  const sources = [...core.sources.values()].map(({ module, inspect }) => ({
    name: catalogue.find(module)?.name ?? module,
    look: async () => (await inspect?.({ signal })) ?? [{ ok: true, text: 'It is set up.' }],
  }));
  const psa = { name: core.psa.kind === 'local' ? 'PSA' : 'Autotask', look: () => lookAtPsa(core, signal) };
  return Promise.all(
    [psa, ...sources].map(async ({ name, look }) => ({ name, findings: await found(core, name, look) })),
  );
}

async function lookAtPsa({ psa }: Core, signal: AbortSignal): Promise<readonly Finding[]> {
  if (psa.remote) return psa.remote.inspect({ signal });
  return [{ ok: true, text: 'Organizations and contracts live in icb itself, filled by import.' }];
}

async function found(
  core: Core,
  name: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    if (isIcbError(error)) return [{ ok: false, text: error.message }];
    const reference = core.newId('err');
    core.log.error({ err: error, connection: name, reference }, 'a connection could not be looked at');
    return [{ ok: false, text: `It could not be looked at because of an unexpected error (${reference}).` }];
  }
}
