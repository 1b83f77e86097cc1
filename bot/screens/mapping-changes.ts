import { IcbError } from '../../src/domain/errors.ts';
import type { MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import {
  listModuleOrganizations,
  type ModuleOrganizationView,
} from '../../src/usecases/list-module-organizations.ts';
import { readNames } from '../../src/usecases/names.ts';
import type { BotContext } from '../bot-context.ts';
import { type Choices, keyOf } from './choices.ts';
import { UNMAP } from './map-choices.ts';
import { readTargets, type Target } from './map-rows.ts';

/** One choice in words and as the use case takes it. */
export interface MappingChange {
  readonly key: string;
  readonly name: string;
  readonly moduleName: string;
  /** In words: an organization's name, `not mapped` or `ignored`. */
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

export async function moduleOrganizationsByKey(
  bot: BotContext,
): Promise<ReadonlyMap<string, ModuleOrganizationView>> {
  return new Map((await listModuleOrganizations(bot.core)).map((one) => [keyOf(one.id), one]));
}

/**
 * Choices turned back into what they stand for, as things are now; what is so already is left out.
 * Error: `not-found` when a module organization or organization is gone or can no longer be chosen.
 */
export async function mappingChanges(bot: BotContext, choices: Choices): Promise<MappingChange[]> {
  const [rows, names, targets] = await Promise.all([
    moduleOrganizationsByKey(bot),
    readNames(bot.core),
    readTargets(bot),
  ]);
  return [...choices]
    .map(([key, choice]): MappingChange => {
      const row = rows.get(key);
      const target = targets.get(choice);
      if (!row || (choice !== UNMAP && !target)) throw gone();
      return {
        key,
        name: row.name,
        moduleName: names.module(row.module),
        before: inWords(row.mapping),
        after: target?.name ?? 'not mapped',
        beforeCode: codeOf(row.mapping),
        afterCode: choice,
        ...(target ? { target } : {}),
        decision: decisionOf(row, target),
      };
    })
    .filter((change) => change.beforeCode !== change.afterCode);
}

function decisionOf({ id, mapping }: ModuleOrganizationView, target: Target | undefined): MappingDecision {
  if (!target) return { moduleOrganizationId: id, unmap: true };
  // An open row that somebody decides in this very moment must not be overruled unseen.
  const expect = mapping.status === 'unmapped' ? { expect: 'unmapped' as const } : {};
  return { moduleOrganizationId: id, organizationId: target.id, ...expect };
}

/** Stays the same while what the changes start from stays the same. */
export const digestOf = (changes: readonly MappingChange[]): string =>
  keyOf(changes.map((change) => change.key + change.beforeCode).join(','));

const gone = (): IcbError =>
  new IcbError(
    'not-found',
    'One of these organizations is no longer there or can no longer be chosen. Nothing was saved; open /icb map again.',
  );
