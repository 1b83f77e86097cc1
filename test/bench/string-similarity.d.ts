/** Only what the bench uses: the package brings no types. */
declare module 'string-similarity' {
  export function findBestMatch(
    text: string,
    others: readonly string[],
  ): { bestMatch: { rating: number }; bestMatchIndex: number };
}
