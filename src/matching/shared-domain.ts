/** Everybody's: sharing one says nothing. */
const PUBLIC: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com aol.com gmx.de gmx.net web.de t-online.de'.split(
    ' ',
  ),
);

const plain = (domain: string): string =>
  domain
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?(?:www\.)?/u, '')
    .replace(/\/.*$/u, '');

/** A web domain that both have, other than those that everybody has. */
export function sharedDomain(
  some: readonly string[] | undefined,
  others: readonly string[] | undefined,
): string | undefined {
  if (!some || !others) return undefined;
  const known = new Set(others.map(plain));
  return some.map(plain).find((domain) => domain !== '' && known.has(domain) && !PUBLIC.has(domain));
}
