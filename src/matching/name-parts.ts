/** Where a name says two things: a dash, a slash or a bar between spaces, a colon, brackets, "trading as". */
const BETWEEN =
  /\s+[-–—|/\\·•~]+\s+|\s*[–—|]\s*|(?<=\p{L}{2}):\s+|[()[\]{}«»„“”"]|\s*;\s*|\s+(?:d\.?b\.?a\.?|d\/b\/a|t\/a|t\/as|a\.?k\.?a\.?|f\/k\/a|c\/o|trading as|doing business as|also known as|formerly|known as)\s+/giu;

/** Characters of a name that are looked at: no customer is told apart by what comes after. */
export const LONGEST_NAME = 300;

/** The parts of a name, in order: "Hartley & Sons - Leeds (HQ)" → "Hartley & Sons", "Leeds", "HQ". */
export function nameParts(name: string): string[] {
  return name
    .slice(0, LONGEST_NAME)
    .split(BETWEEN)
    .map((part) => part.trim())
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}
