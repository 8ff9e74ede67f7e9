import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Real servers, browsers and processes on whatever machine there is: a stall of it is no fault of ours, and fails
    // nothing. What fails twice is wrong.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    retry: 1,
    // Tests wait for servers more than they compute, so none of the cores is left out.
    maxWorkers: '100%',
    watch: false,
  },
});
