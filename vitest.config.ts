import { defineConfig } from 'vitest/config';

/**
 * Those that put something in the place of a module or of a global want modules of their own. All others share theirs within a worker: to load the
 * engine anew, and to have it compiled anew, took more than half of the processor's time.
 */
const APART = ['test/{shell,ui}/**/*.test.{ts,tsx}', 'test/engine/session/naming-fails.test.ts'];

export default defineConfig({
  test: {
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'engine', include: ['test/{engine,oracle,golden}/**/*.test.ts'], exclude: APART, isolate: false },
      },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
});
