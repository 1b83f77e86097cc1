import { isJson } from './block-kit/walk-blocks.ts';

/**
 * The emulated Web API makes up its own ids for users and channels; tests and people want stable
 * ones. Both spellings are whole words in JSON, so translating the text keeps mentions right too.
 */
export interface IdTranslation {
  toEmulated(value: unknown): unknown;
  toOurs(value: unknown): unknown;
}

/** `pairs` are [ours, emulated]; `hidden` emulated ids are taken out of every list. */
export function createIdTranslation(
  pairs: readonly (readonly [string, string])[],
  hidden: ReadonlySet<string>,
): IdTranslation {
  const translate = (map: ReadonlyMap<string, string>) => {
    const pattern = new RegExp(`\\b(?:${[...map.keys()].join('|')})\\b`, 'g');
    return (value: unknown): unknown => {
      if (map.size === 0 || value === undefined) return value;
      return JSON.parse(JSON.stringify(value).replace(pattern, (id) => map.get(id) ?? id));
    };
  };
  const ours = translate(new Map(pairs.map(([our, emulated]) => [emulated, our])));
  return {
    toEmulated: translate(new Map(pairs)),
    toOurs: (value) => ours(withoutHidden(value, hidden)),
  };
}

function withoutHidden(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value))
    return value
      .filter((one) => !hidden.has(String(isJson(one) ? one.id : one)))
      .map((one) => withoutHidden(one, hidden));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutHidden(one, hidden)]));
}
