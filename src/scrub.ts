/** Tokens that are secret whoever they belong to: Slack's, bearer headers, signed tokens, keys in addresses. */
const LOOKS_SECRET: readonly (readonly [RegExp, string])[] = [
  [/\bxox[a-z]-[A-Za-z0-9-]+/g, '[secret]'],
  [/\bxapp-[A-Za-z0-9-]+/g, '[secret]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, '$1 [secret]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)*/g, '[secret]'],
  [/(\/sign-in\/)[A-Za-z0-9_-]{8,}/g, '$1[secret]'],
  [/([?&](?:t|token|key|secret|signature)=)[^&\s"'\\]{6,}/gi, '$1[secret]'],
];

/** Shorter ones would tear words apart that have nothing to do with them. */
const SHORTEST = 6;

/**
 * Takes secrets out of a line of the log, wherever in it they stand: what a library throws may hold a header or an
 * address. @param secrets those of the settings
 */
export function scrubber(secrets: readonly (string | undefined)[]): (line: string) => string {
  const known = [...new Set(secrets.filter((each) => each !== undefined && each.length >= SHORTEST))]
    .map((each) => JSON.stringify(each).slice(1, -1))
    .sort((a, b) => b.length - a.length);
  return (line) => {
    let clean = line;
    for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
    for (const [pattern, left] of LOOKS_SECRET) clean = clean.replace(pattern, left);
    return clean;
  };
}
