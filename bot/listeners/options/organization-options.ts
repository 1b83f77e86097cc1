import type { PlainTextOption } from '@slack/types';
import { listOrganizations } from '../../../src/usecases/list-organizations.ts';
import { IN_A_MENU, option } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { keyOf } from '../../screens/choices.ts';

/** Organizations whose name holds what was typed, names that begin with it first, at most as many as a menu holds. */
export async function organizationOptions(bot: BotContext, typed: string): Promise<PlainTextOption[]> {
  const search = typed.trim();
  const found = await listOrganizations(bot.core, { search, mappableOnly: true });
  const begins = ({ name }: { name: string }) => name.toLowerCase().startsWith(search.toLowerCase());
  const [first, later] = [found.filter(begins), found.filter((one) => !begins(one))];
  const shown = [...first, ...later].slice(0, IN_A_MENU);
  const times = Map.groupBy(shown, (one) => one.name);
  return shown.map(({ id, name }) =>
    // Two organizations may share a name; only then the id helps to tell them apart.
    option(name, keyOf(id), (times.get(name)?.length ?? 0) > 1 ? `id ${id}` : undefined),
  );
}
