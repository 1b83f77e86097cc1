import chromium from '@sparticuz/chromium';

/** The browser to test with: `CHROMIUM_PATH`, else the one inside npm, unpacked once into the temp folder. */
export const chromiumPath = async (): Promise<string> =>
  process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
