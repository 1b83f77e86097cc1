import type { LeakageRow } from '../domain/leakage.ts';
import { definitionFilter } from './definition-filter.ts';
import type { Heading } from './heading.ts';
import type { Mark, WidgetResult } from './query.ts';
import type { Dimension } from './widget-definition.ts';

const LISTS = ['module', 'organization', 'billingType', 'reason'] as const;
type ListName = (typeof LISTS)[number];

export interface LeakageLists {
  readonly module?: readonly string[];
  readonly organization?: readonly string[];
  readonly billingType?: readonly string[];
  readonly reason?: readonly string[];
  /** Rows of no organization beside those of the list, or alone. */
  readonly noOrganization?: true;
}

/** The leakage behind a mark of a widget; all parts must hold. `except` is what a chart shows apart from "Other". */
export interface LeakageDrill extends LeakageLists {
  readonly currency?: string;
  readonly except?: LeakageLists;
}

const OF: Readonly<Record<ListName, (row: LeakageRow) => string | undefined>> = {
  module: (row) => row.module,
  organization: (row) => row.organizationId,
  billingType: (row) => row.billingType,
  reason: (row) => row.reason.code,
};

/** Each list's test; a list that is not there tests nothing. */
function tests(lists: LeakageLists): ((row: LeakageRow) => boolean)[] {
  return LISTS.flatMap((name) => {
    const orNone = name === 'organization' && lists.noOrganization === true;
    if (!lists[name] && !orNone) return [];
    const wanted = new Set<string | undefined>(lists[name]);
    if (orNone) wanted.add(undefined);
    return [(row: LeakageRow) => wanted.has(OF[name](row))];
  });
}

export function leakageTest(drill: LeakageDrill): (row: LeakageRow) => boolean {
  const wanted = tests(drill);
  const unwanted = tests(drill.except ?? {});
  return (row) =>
    (drill.currency === undefined || row.currency === drill.currency) &&
    wanted.every((test) => test(row)) &&
    !unwanted.some((test) => test(row));
}

const isListed = (dimension: Dimension): dimension is ListName =>
  (LISTS as readonly Dimension[]).includes(dimension);

function ofHeadings(name: ListName, headings: readonly Heading[]): LeakageLists {
  const keys = headings.flatMap(({ kind, key }) => (kind === 'value' ? [key] : []));
  const none = name === 'organization' && headings.some(({ kind }) => kind === 'none');
  return { ...(keys.length > 0 && { [name]: keys }), ...(none && { noOrganization: true as const }) };
}

/** The definition's own list gives way to the heading that came out of it; for "Other" it stays. */
function narrow(
  drill: LeakageDrill,
  dimension: Dimension,
  heading: Heading,
  all: readonly Heading[],
): LeakageDrill {
  if (!isListed(dimension)) return drill;
  if (heading.kind === 'other')
    return { ...drill, except: { ...drill.except, ...ofHeadings(dimension, all) } };
  const { [dimension]: _, ...rest } = drill;
  return { ...rest, ...ofHeadings(dimension, [heading]) };
}

/** Exactly the leakage behind a mark. */
export function leakageDrill(result: WidgetResult, mark: Mark): LeakageDrill {
  const { definition, today } = result;
  const { module, organization, billingType, currency } = definitionFilter(definition, today);
  const panel = result.panels.find((each) => each.currency === mark.currency);
  const only = mark.currency ?? currency;
  let drill: LeakageDrill = {
    ...(module && { module }),
    ...(organization && { organization }),
    ...(billingType && { billingType }),
    ...(only && { currency: only }),
  };
  if (mark.group) drill = narrow(drill, definition.groupBy, mark.group, panel?.groups ?? []);
  if (mark.series && definition.breakDownBy)
    drill = narrow(drill, definition.breakDownBy, mark.series, panel?.series ?? []);
  return drill;
}

const plural = (name: ListName): string => `${name}s`;
const not = (name: string): string => `not${name.charAt(0).toUpperCase()}${name.slice(1)}`;
/** What the page's own form has a field for. */
const IN_FORM: ReadonlySet<ListName> = new Set(['module', 'organization', 'reason']);

/**
 * As a query. One module, organization or reason is the form's own field; several, and what the form has no field for,
 * are parameters of their own, repeated for each value because names may hold any sign.
 */
export function encodeLeakageDrill(drill: LeakageDrill): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of LISTS) {
    const values = drill[name] ?? [];
    const single = values.length === 1 && IN_FORM.has(name);
    const alone = single && !(name === 'organization' && drill.noOrganization);
    if (drill[name] && values.length === 0) params.append(plural(name), '');
    for (const value of values) params.append(alone ? name : plural(name), value);
    for (const value of drill.except?.[name] ?? []) params.append(not(name), value);
  }
  if (drill.noOrganization) params.set('noOrganization', 'true');
  if (drill.except?.noOrganization) params.set('notNoOrganization', 'true');
  if (drill.currency) params.set('currency', drill.currency);
  return params;
}

/** What `encodeLeakageDrill` writes, but for the form's own fields. */
export function decodeLeakageDrill(params: URLSearchParams): LeakageDrill {
  const lists = (rename: (name: ListName) => string): LeakageLists =>
    Object.fromEntries(
      LISTS.filter((name) => params.has(rename(name))).map((name) => [
        name,
        params.getAll(rename(name)).filter(Boolean),
      ]),
    );
  const except: LeakageLists = {
    ...lists(not),
    ...(params.get('notNoOrganization') === 'true' && { noOrganization: true }),
  };
  const currency = params.get('currency');
  return {
    ...lists(plural),
    ...(params.get('noOrganization') === 'true' && { noOrganization: true }),
    ...(currency && { currency }),
    ...(Object.keys(except).length > 0 && { except }),
  };
}
