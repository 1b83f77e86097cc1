/** The answer's headers for a file the browser saves. `name` becomes a plain ASCII file name. */
export const attachment = (name: string, extension: string): string =>
  `attachment; filename="${name.replace(/[^a-z0-9-]+/gi, '-').slice(0, 80)}.${extension}"`;
