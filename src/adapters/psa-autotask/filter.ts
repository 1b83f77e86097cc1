type Value = string | number | boolean;

/** A condition of the query engine; those of a list are AND-ed. Source: facts/apis.md §1.3. */
export type Filter =
  | {
      readonly op: 'eq' | 'noteq' | 'gt' | 'gte' | 'lt' | 'lte';
      readonly field: string;
      readonly value: Value;
    }
  | { readonly op: 'in'; readonly field: string; readonly value: readonly Value[] }
  | { readonly op: 'exist' | 'notExist'; readonly field: string }
  | { readonly op: 'and' | 'or'; readonly items: readonly Filter[] };

/** No filter at all is refused; company 0 is the MSP itself. */
export const EVERYTHING: readonly Filter[] = [{ op: 'gte', field: 'id', value: 0 }];

/** The vendor takes no longer list in one query. */
const LONGEST_LIST = 500;

/** The same question in as few queries as its longest list needs; none when a list is empty. */
export function cutLists(filter: readonly Filter[]): readonly (readonly Filter[])[] {
  const at = filter.findIndex(
    (one) => one.op === 'in' && (one.value.length > LONGEST_LIST || one.value.length === 0),
  );
  const long = filter[at];
  if (long?.op !== 'in') return [filter];
  const parts = Math.ceil(long.value.length / LONGEST_LIST);
  return Array.from({ length: parts }, (_, part) =>
    filter.with(at, { ...long, value: long.value.slice(part * LONGEST_LIST, (part + 1) * LONGEST_LIST) }),
  ).flatMap(cutLists);
}

/** Ids are text here and numbers there; one past 2^53 would come out as another. */
export function idNumber(id: string): number {
  const number = Number(id);
  if (!Number.isSafeInteger(number)) throw new RangeError(`"${id}" is not an id of Autotask`);
  return number;
}
