import { defineConfig } from 'vitest/config';

/** The full rounds (`npm run test:long`); `npm test` runs short, seeded ones of the same. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.long.ts'],
    testTimeout: 30 * 60_000,
    maxWorkers: 1,
    reporters: ['verbose'],
  },
});
