/** Second levels under which countries sell names: the name of "hartley.co.uk" stands before "co". */
const SECOND_LEVELS: ReadonlySet<string> = new Set(
  'co com org net ac gov edu or ne go gob onmicrosoft'.split(' '),
);
const TOP_LEVELS =
  'com|org|net|edu|gov|mil|int|info|biz|name|pro|coop|aero|museum|online|shop|store|tech|cloud|app|agency|group|local|lan|internal';
const DOMAIN = new RegExp(
  `^(?:https?://)?(?:[^@\\s/]+@)?((?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+(?:${TOP_LEVELS}|[a-z]{2}))/?$`,
  'u',
);
const SHORTEST = 3;

/** The registered name within a web domain: "www.hartley-sons.co.uk" → "hartley-sons". Undefined for anything else. */
export function domainLabel(text: string): string | undefined {
  const domain = DOMAIN.exec(text.trim().toLowerCase())?.[1];
  if (!domain || /^(?:\p{L}\.)+\p{L}+$/u.test(domain)) return undefined;
  const labels = domain.split('.').slice(0, -1);
  if (labels.length > 1 && SECOND_LEVELS.has(labels.at(-1) ?? '')) labels.pop();
  const label = labels.at(-1);
  return label && label.length >= SHORTEST ? label : undefined;
}
