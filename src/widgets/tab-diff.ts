import { TAB_FILTERS } from './narrow-definition.ts';

interface TabParts {
  readonly name: string;
  readonly group?: string | undefined;
  readonly widgets: readonly string[];
  readonly sizes?: object | undefined;
  readonly filters?: object | undefined;
  readonly publishedTo: readonly string[];
}

const listed = (filters: object | undefined, name: string): string =>
  ((filters as Record<string, readonly string[]> | undefined)?.[name] ?? []).join(', ');

/** What changed from one state of a tab to the next, a line each: `Name: Board → Management`. */
export function tabDiff(before: TabParts, after: TabParts): readonly string[] {
  const changed = (what: string, was: string, is: string): string[] =>
    was === is ? [] : [`${what}: ${was || 'none'} → ${is || 'none'}`];
  const added = after.widgets.filter((id) => !before.widgets.includes(id));
  const gone = before.widgets.filter((id) => !after.widgets.includes(id));
  const same = added.length === 0 && gone.length === 0;
  return [
    ...changed('Name', before.name, after.name),
    ...changed('Group', before.group ?? '', after.group ?? ''),
    ...added.map((id) => `Widget put on: ${id}`),
    ...gone.map((id) => `Widget taken off: ${id}`),
    ...(same && before.widgets.join() !== after.widgets.join() ? ['Order of the widgets'] : []),
    ...(JSON.stringify(before.sizes ?? {}) === JSON.stringify(after.sizes ?? {})
      ? []
      : ['Sizes of the widgets']),
    ...TAB_FILTERS.flatMap((name) =>
      changed(
        `Filter ${name === 'billingType' ? 'billing type' : name}`,
        listed(before.filters, name),
        listed(after.filters, name),
      ),
    ),
    ...changed('Published to', before.publishedTo.join(', '), after.publishedTo.join(', ')),
  ];
}
