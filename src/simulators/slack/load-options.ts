import { problemsOf } from './block-kit/problem.ts';
import { suggestionAnswer } from './block-kit/selects.ts';
import { type Json, list } from './block-kit/walk-blocks.ts';
import type { AppAnswer } from './deliveries.ts';
import { blockSuggestionPayload } from './payloads.ts';
import { elementIn, enteredIn, enterValues, findPlace, type PlaceRef, type Values } from './places.ts';
import type { World } from './world.ts';

export interface OptionQuery extends PlaceRef {
  readonly actionId: string;
  readonly blockId?: string | undefined;
  readonly query: string;
  /** What else was filled in before typing. */
  readonly values?: Values | undefined;
}

export interface LoadedOptions {
  /** Undefined when the query was too short to ask the app at all. */
  readonly answer: AppAnswer | undefined;
  readonly options: Json[];
  readonly groups: Json[];
  /** Why the app's answer could not be used. */
  readonly problems: string[];
}

/** Slack asks from the third character on unless the app says otherwise. */
const DEFAULT_MIN_QUERY = 3;

/** A person types into an external select; the options the app answers may then be chosen. */
export async function loadOptions(
  world: World,
  userId: string,
  request: OptionQuery,
): Promise<LoadedOptions> {
  const { workspace } = world;
  const place = findPlace(world, userId, request);
  const { block, element } = elementIn(place, request.actionId, request.blockId);
  if (!String(element.type).endsWith('external_select'))
    throw new Error(`"${request.actionId}" is a ${String(element.type)} and loads no options.`);
  enterValues(world, userId, place, request.values ?? {});
  const nothing = { options: [], groups: [], problems: [] };
  if ([...request.query].length < Number(element.min_query_length ?? DEFAULT_MIN_QUERY))
    return { ...nothing, answer: undefined };
  const entered = enteredIn(world, userId, place);
  const blockId = String(block.block_id);
  const payload = blockSuggestionPayload(workspace, workspace.person(userId), place, entered.inputs, {
    actionId: request.actionId,
    blockId,
    value: request.query,
  });
  const answer = await world.deliveries.send('interactive', payload);
  if (!answer.ok) return { ...nothing, answer, problems: ['The app did not answer.'] };
  const parsed = suggestionAnswer.safeParse(answer.body);
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, answer.body, '').map(
      ({ message, pointer }) => `${message} ${pointer}`,
    );
    return { ...nothing, answer, problems };
  }
  const groups = list(parsed.data.option_groups);
  const options = parsed.data.options
    ? list(parsed.data.options)
    : groups.flatMap((group) => list(group.options));
  const key = `${blockId} ${request.actionId}`;
  entered.suggested.set(key, [...(entered.suggested.get(key) ?? []), ...options]);
  return { answer, options, groups, problems: [] };
}
