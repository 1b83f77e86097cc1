/** The first of these that says something; the last must. Vendors leave names null, empty or blank. */
export const firstText = (...texts: readonly [...(string | null | undefined)[], string]): string =>
  texts.map((text) => text?.trim()).find(Boolean) ?? String(texts.at(-1));
