import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{engine,oracle,golden,shell,ui}/**/*.test.{ts,tsx}'],
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
