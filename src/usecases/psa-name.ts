import type { Actor } from '../domain/actor.ts';
import type { Psa } from '../ports/psa.ts';

const NAMES: Record<Psa['kind'], string> = { local: 'icb', autotask: 'Autotask' };

/** The PSA's name for people. */
export const psaName = ({ kind }: Pick<Psa, 'kind'>): string => NAMES[kind];

/** Who did what was found done in the PSA. */
export const psaActor = (psa: Pick<Psa, 'kind'>): Actor => ({ kind: 'system', name: psaName(psa) });
