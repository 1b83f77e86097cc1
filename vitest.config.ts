import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/unpack-chromium.ts'],
    testTimeout: 10_000,
    // Two cores: the browser and the worker pools want one for themselves.
    maxWorkers: 2,
  },
});
