import { IcbError } from '../../src/domain/errors.ts';
import type { MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import type { BotContext } from '../bot-context.ts';
import { type Choices, keyOf } from './choices.ts';
import { NONE_OF_THESE, notThis, rejectedKey, UNMAP } from './map-choices.ts';
import { moduleNames, readTargets, type Target, type Targets } from './map-rows.ts';
import { moduleOrganizationsByKey } from './module-organizations-by-key.ts';

/** One choice in words and as the use case takes it. */
export interface MappingChange {
  readonly key: string;
  readonly name: string;
  readonly moduleName: string;
  /** In words: an organization's name, `not mapped`, `ignored`, or `not Acme`. */
  readonly before: string;
  readonly after: string;
  readonly beforeCode: string;
  readonly afterCode: string;
  /** The organization it would be mapped to. */
  readonly target?: Target;
  readonly decision: MappingDecision;
}

export const IGNORED = '!';

type Mapping = ModuleOrganizationView['mapping'];

/** A decision as choices and Undo write it: an organization's key, `~` unmapped, `!` ignored. */
export function codeOf(mapping: Mapping): string {
  if (mapping.status === 'ignored') return IGNORED;
  return mapping.organizationId === undefined ? UNMAP : keyOf(mapping.organizationId);
}

const inWords = (mapping: Mapping): string =>
  mapping.status === 'ignored' ? 'ignored' : (mapping.organization ?? 'not mapped');

/**
 * Choices turned back into what they stand for, as things are now; what is so already is left out.
 * Error: `not-found` when a module organization or organization is gone or can no longer be chosen.
 */
export async function mappingChanges(bot: BotContext, choices: Choices): Promise<MappingChange[]> {
  const anyNone = [...choices.values()].includes(NONE_OF_THESE);
  const [rows, moduleNamed, targets, suggestions] = await Promise.all([
    moduleOrganizationsByKey(bot, choices.keys()),
    moduleNames(bot),
    choices.size > 0 ? readTargets(bot) : new Map<string, Target>(),
    anyNone ? listSuggestions(bot.core) : [],
  ]);
  const offered = new Map(
    suggestions.map((each) => [
      keyOf(each.moduleOrganizationId),
      each.candidates.map(({ organizationId, name }): Target => ({ id: organizationId, name })),
    ]),
  );
  return [...choices]
    .flatMap(([key, choice]): MappingChange[] => {
      const row = rows.get(key);
      const rejected = rejectedBy(choice, targets, offered.get(key) ?? []);
      if (row && rejected) return rejectionOf(row, key, moduleNamed(row.module), rejected);
      const target = targets.get(choice);
      if (!row || (choice !== UNMAP && !target)) throw gone();
      return [
        {
          key,
          name: row.name,
          moduleName: moduleNamed(row.module),
          before: inWords(row.mapping),
          after: target?.name ?? 'not mapped',
          beforeCode: codeOf(row.mapping),
          afterCode: choice,
          ...(target ? { target } : {}),
          decision: decisionOf(row, target),
        },
      ];
    })
    .filter((change) => change.beforeCode !== change.afterCode);
}

/** What a choice rejects; undefined for one that maps or unmaps. */
function rejectedBy(choice: string, targets: Targets, offered: readonly Target[]): Target[] | undefined {
  if (choice === NONE_OF_THESE) return [...offered];
  const key = rejectedKey(choice);
  if (key === undefined) return undefined;
  const target = targets.get(key);
  if (!target) throw gone();
  return [target];
}

/** Nothing where all of it is rejected already. */
function rejectionOf(
  row: ModuleOrganizationView,
  key: string,
  moduleName: string,
  rejected: readonly Target[],
): MappingChange[] {
  const known = new Set((row.rejected ?? []).map(({ organizationId }) => organizationId));
  const anew = rejected.filter(({ id }) => !known.has(id));
  if (anew.length === 0) return [];
  return [
    {
      key,
      name: row.name,
      moduleName,
      before: inWords(row.mapping),
      after: `not ${anew.map(({ name }) => name).join(', nor ')}`,
      beforeCode: codeOf(row.mapping),
      afterCode: anew.map(({ id }) => notThis(keyOf(id))).join(''),
      decision: { moduleOrganizationId: row.id, reject: anew.map(({ id }) => id) },
    },
  ];
}

function decisionOf({ id, mapping }: ModuleOrganizationView, target: Target | undefined): MappingDecision {
  if (!target) return { moduleOrganizationId: id, unmap: true };
  // An open row that somebody decides in this very moment must not be overruled unseen.
  const expect = mapping.status === 'unmapped' ? { expect: 'unmapped' as const } : {};
  return { moduleOrganizationId: id, organizationId: target.id, ...expect };
}

/** What these are together, for people: rejecting a suggestion maps nothing. */
export const nounOf = (changes: readonly MappingChange[]): 'mapping' | 'decision' =>
  changes.some(({ decision }) => 'reject' in decision) ? 'decision' : 'mapping';

/** Stays the same while what the changes start from and lead to stays the same. */
export const digestOf = (changes: readonly MappingChange[]): string =>
  keyOf(changes.map(({ key, beforeCode, afterCode }) => [key, beforeCode, afterCode].join(' ')).join(','));

const gone = (): IcbError =>
  new IcbError(
    'not-found',
    'One of these organizations is no longer there or can no longer be chosen. Nothing was saved; open /icb map again.',
  );
