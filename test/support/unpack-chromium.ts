import { chromiumPath } from './chromium-path.ts';

/** Before all tests: two files that unpacked the browser at once would trip over each other. */
export default async function setup(): Promise<void> {
  process.env.CHROMIUM_PATH = await chromiumPath();
}
