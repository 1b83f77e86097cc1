import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listOrganizations } from '../../src/usecases/list-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
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

export type SuggestionClass = 'sure' | 'likely' | 'ambiguous' | 'none';

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

export type Decision = Awaited<ReturnType<typeof listModuleOrganizations>>[number]['mapping'];

/** What stands behind the short keys in choices: an organization that can be chosen. */
export interface Target {
  readonly id: string;
  readonly name: string;
}
export type Targets = ReadonlyMap<string, Target>;

export async function readTargets(bot: BotContext): Promise<Targets> {
  const organizations = await listOrganizations(bot.core, { mappableOnly: true });
  return new Map(organizations.map(({ id, name }) => [keyOf(id), { id, name }]));
}

/** The rows of the modal: what is not decided yet, or with `mapped` what is, narrowed by module, organization or text. */
export async function readMapRows(bot: BotContext, meta: MapMeta): Promise<MapRow[]> {
  return meta.mapped ? decidedRows(bot, meta) : unmappedRows(bot, meta);
}

const narrowed = (meta: MapMeta) => ({
  ...(meta.module ? { module: meta.module } : {}),
  ...(meta.search ? { search: meta.search } : {}),
});

async function unmappedRows(bot: BotContext, meta: MapMeta): Promise<MapRow[]> {
  const [suggestions, names] = await Promise.all([
    listSuggestions(bot.core, narrowed(meta)),
    moduleNames(bot),
  ]);
  const wanted = meta.organization === undefined ? undefined : keyOf(meta.organization);
  return suggestions
    .map(
      (one): MapRow => ({
        id: one.moduleOrganizationId,
        key: keyOf(one.moduleOrganizationId),
        name: one.name,
        moduleName: names.get(one.module) ?? one.module,
        state: {
          kind: 'unmapped',
          class: one.class,
          candidates: one.candidates.map((candidate) => ({
            key: keyOf(candidate.organizationId),
            name: candidate.name,
            confidence: candidate.confidence,
            reason: candidate.reason,
          })),
        },
      }),
    )
    .filter(
      ({ state }) =>
        wanted === undefined ||
        (state.kind === 'unmapped' && state.candidates.some((candidate) => candidate.key === wanted)),
    );
}

async function decidedRows(bot: BotContext, meta: MapMeta): Promise<MapRow[]> {
  const [all, names] = await Promise.all([
    listModuleOrganizations(bot.core, narrowed(meta)),
    moduleNames(bot),
  ]);
  return all
    .filter(
      ({ mapping }) =>
        mapping.status !== 'unmapped' &&
        (meta.organization === undefined || mapping.organizationId === meta.organization),
    )
    .map(
      (one): MapRow => ({
        id: one.id,
        key: keyOf(one.id),
        name: one.name,
        moduleName: names.get(one.module) ?? one.module,
        state: {
          kind: 'decided',
          decision: one.mapping,
          ...(one.mapping.organizationId ? { organizationKey: keyOf(one.mapping.organizationId) } : {}),
        },
      }),
    );
}

const moduleNames = async (bot: BotContext): Promise<ReadonlyMap<string, string>> =>
  new Map((await listModules(bot.core)).map(({ id, name }) => [id, name]));
