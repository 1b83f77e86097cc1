import type { Organization } from '../../src/domain/organization.ts';
import { listModules, type ModuleView } from '../../src/usecases/list-modules.ts';
import { findOrganization } from '../../src/usecases/list-organizations.ts';
import type { BotContext } from '../bot-context.ts';
import { straighten } from '../words/grammar.ts';

/** The module whose id or name this is, in any case; undefined when it names none. */
export async function knownModuleNamed(bot: BotContext, text: string): Promise<ModuleView | undefined> {
  const wanted = straighten(text).toLowerCase();
  const modules = await listModules(bot.core);
  return modules.find((module) => module.id === wanted || module.name.toLowerCase() === wanted);
}

export interface FoundOrganization {
  readonly organization?: Organization;
  readonly nearest: readonly Organization[];
}

/** An organization as a person typed it: first letter by letter, then with the quotes and dashes phones change undone. */
export async function lookUpOrganization(bot: BotContext, text: string): Promise<FoundOrganization> {
  const typed = await findOrganization(bot.core, text);
  const straight = straighten(text);
  return typed.organization || straight === text ? typed : findOrganization(bot.core, straight);
}
