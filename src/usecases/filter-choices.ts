import type { Core } from './core.ts';
import { readCatalogue } from './read-catalogue.ts';

/** What a filter can name by a value, with its words; also the fields of a condition in the builder. */
export const CHOICE_LISTS = ['module', 'organization', 'contract', 'billingType', 'service'] as const;
export type ChoiceList = (typeof CHOICE_LISTS)[number];

export interface FilterChoices {
  readonly labels: Readonly<Record<ChoiceList, readonly string[]>>;
  /** What a value is called; itself where nothing bears it any more. */
  labelOf(list: ChoiceList, value: string): string;
  /** The value that people mean by a label or by the value itself; undefined where nothing is called so. */
  valueOf(list: ChoiceList, text: string): string | undefined;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const same = (text: string): string => text.trim().toLowerCase();

/** Two of one name cannot be told apart by it: their ids stand behind. */
function labelled(entries: readonly Named[]): readonly (readonly [value: string, label: string])[] {
  const times = Map.groupBy(entries, ({ name }) => same(name));
  return entries.map(({ id, name }) => [
    id,
    (times.get(same(name))?.length ?? 0) > 1 ? `${name} (${id})` : name,
  ]);
}

export async function readFilterChoices(core: Core): Promise<FilterChoices> {
  const snapshot = await core.store.snapshot();
  const [{ modules }, organizations, contracts, services] = await Promise.all([
    readCatalogue(snapshot),
    snapshot.list('organizations'),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
  ]);
  const names = new Map<string, string>(organizations.map(({ id, name }) => [id, name]));
  const types = new Map(
    modules.flatMap(({ billingTypes }) => billingTypes.map((each) => [each.name, each.label])),
  );
  const entries: Record<ChoiceList, readonly Named[]> = {
    module: modules,
    organization: organizations,
    contract: contracts.map(({ id, name, organizationId }) => ({
      id,
      name: `${name} – ${names.get(organizationId) ?? organizationId}`,
    })),
    billingType: [...types].map(([id, name]) => ({ id, name })),
    service: [...new Set(services.map(({ service }) => service))].map((name) => ({ id: name, name })),
  };
  const labels = Object.fromEntries(
    CHOICE_LISTS.map((list) => [list, new Map(labelled(entries[list]))]),
  ) as unknown as Record<ChoiceList, ReadonlyMap<string, string>>;
  const values = Object.fromEntries(
    CHOICE_LISTS.map((list) => [list, new Map([...labels[list]].map(([id, label]) => [same(label), id]))]),
  ) as unknown as Record<ChoiceList, ReadonlyMap<string, string>>;
  return {
    labels: Object.fromEntries(
      CHOICE_LISTS.map((list) => [list, [...labels[list].values()].sort()]),
    ) as never,
    labelOf: (list, value) => labels[list].get(value) ?? value,
    valueOf: (list, text) =>
      values[list].get(same(text)) ??
      (labels[list].has(text.trim()) || list === 'service' ? text.trim() : undefined),
  };
}
