import type { TenantStore } from '../../src/ports/store.ts';
import { moduleName } from '../../src/usecases/known-module.ts';
import { listDecided } from '../../src/usecases/list-decided.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { listOrganizations } from '../../src/usecases/list-organizations.ts';
import { listSuggestions, type SuggestionView } from '../../src/usecases/list-suggestions.ts';
import { readCatalogue } from '../../src/usecases/read-catalogue.ts';
import type { MapMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { keyOf } from './choices.ts';

export interface Candidate {
  readonly key: string;
  readonly name: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
}

/** `hidden`: the person did not want to see it. */
export type SuggestionClass = 'sure' | 'likely' | 'ambiguous' | 'none' | 'hidden';

/** A module organization as the map modal shows it. */
export interface MapRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly moduleName: string;
  readonly state:
    | {
        readonly kind: 'unmapped';
        readonly class: SuggestionClass;
        readonly candidates: readonly Candidate[];
      }
    /** `text` is mrkdwn: what was decided, by whom and when. */
    | { readonly kind: 'decided'; readonly organizationKey?: string; readonly decision: Decision };
}

export type Decision = ModuleOrganizationView['mapping'];

/** What stands behind the short keys in choices: an organization that can be chosen. */
export interface Target {
  readonly id: string;
  readonly name: string;
}
export type Targets = ReadonlyMap<string, Target>;

interface KeptTargets {
  readonly revision: number;
  readonly targets: Promise<Targets>;
}
/** Hashing the ids of thousands of organizations takes a while, and nobody changes them from page to page. */
const KEPT = new WeakMap<TenantStore, KeptTargets>();

export async function readTargets({ core }: Pick<BotContext, 'core'>): Promise<Targets> {
  const { revision } = await core.store.snapshot();
  const kept = KEPT.get(core.store);
  if (kept?.revision === revision) return kept.targets;
  const targets = listOrganizations(core, { mappableOnly: true }).then(
    (organizations) => new Map(organizations.map(({ id, name }) => [keyOf(id), { id, name }])),
  );
  KEPT.set(core.store, { revision, targets });
  targets.catch(() => KEPT.delete(core.store));
  return targets;
}

/** One page of the modal: the rows on it, and how many there are in all. */
export interface MapPage {
  readonly rows: readonly MapRow[];
  readonly total: number;
  /** The page these rows are; the last one where a later one was asked for. */
  readonly page: number;
}

export const ROWS_ON_A_PAGE = 10;

/** What is not decided yet, or with `mapped` what is, narrowed by module, organization or text. Only the page is read. */
export async function readMapPage(bot: BotContext, meta: MapMeta): Promise<MapPage> {
  const moduleNamed = await moduleNames(bot);
  return meta.mapped ? decidedPage(bot, meta, moduleNamed) : unmappedPage(bot, meta, moduleNamed);
}

const narrowed = (meta: MapMeta) => ({
  ...(meta.module ? { module: meta.module } : {}),
  ...(meta.search ? { search: meta.search } : {}),
});

type NameOfModule = (id: string) => string;

async function unmappedPage(bot: BotContext, meta: MapMeta, moduleNamed: NameOfModule): Promise<MapPage> {
  const suggestions = await listSuggestions(bot.core, narrowed(meta));
  const found =
    meta.organization === undefined
      ? suggestions
      : suggestions.filter(({ candidates }) =>
          candidates.some((candidate) => candidate.organizationId === meta.organization),
        );
  const page = Math.min(meta.page, Math.max(0, Math.ceil(found.length / ROWS_ON_A_PAGE) - 1));
  const shown = found.slice(page * ROWS_ON_A_PAGE, (page + 1) * ROWS_ON_A_PAGE);
  const rows = shown.map((one) => unmappedRow(one, moduleNamed, meta.suggested));
  return { rows, total: found.length, page };
}

const unmappedRow = (one: SuggestionView, moduleNamed: NameOfModule, suggested: boolean): MapRow => ({
  id: one.moduleOrganizationId,
  key: keyOf(one.moduleOrganizationId),
  name: one.name,
  moduleName: moduleNamed(one.module),
  state: {
    kind: 'unmapped',
    class: suggested ? one.class : 'hidden',
    candidates: (suggested ? one.candidates : []).map((candidate) => ({
      key: keyOf(candidate.organizationId),
      name: candidate.name,
      confidence: candidate.confidence,
      reason: candidate.reason,
    })),
  },
});

async function decidedPage(bot: BotContext, meta: MapMeta, moduleNamed: NameOfModule): Promise<MapPage> {
  const { items, total, page } = await listDecided(
    bot.core,
    { ...narrowed(meta), ...(meta.organization ? { organization: meta.organization } : {}) },
    { page: meta.page, size: ROWS_ON_A_PAGE },
  );
  return { rows: items.map((one) => decidedRow(one, moduleNamed)), total, page };
}

const decidedRow = (one: ModuleOrganizationView, moduleNamed: NameOfModule): MapRow => ({
  id: one.id,
  key: keyOf(one.id),
  name: one.name,
  moduleName: moduleNamed(one.module),
  state: {
    kind: 'decided',
    decision: one.mapping,
    ...(one.mapping.organizationId ? { organizationKey: keyOf(one.mapping.organizationId) } : {}),
  },
});

export async function moduleNames({ core }: Pick<BotContext, 'core'>): Promise<NameOfModule> {
  const catalogue = await readCatalogue(await core.store.snapshot());
  return (id) => moduleName(catalogue, id);
}
