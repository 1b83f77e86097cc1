const TEXTS = new Map<string, string>();

/**
 * One text for all records that say the same: parsing makes a new one for each, and there are millions. It takes less
 * memory, and two that are the same are found to be so at a glance, without reading either.
 */
export function sharedText(text: string): string {
  const known = TEXTS.get(text);
  if (known === undefined) TEXTS.set(text, text);
  return known ?? text;
}
