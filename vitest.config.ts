import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/unpack-chromium.ts'],
    // Machines are shared: a test that hangs is told from one that waits for its turn.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Two cores: the browser and the worker pools want one for themselves.
    maxWorkers: 2,
  },
});
