/**
 * The tests that mutants are tried on: those that run in this process and read nothing that was built. Tests of processes, threads and bundles
 * never see a mutant, which is switched on in memory. `MUTANTS_TESTS` narrows them to folders or files.
 */
import { defineConfig } from 'vitest/config';

const { MUTANTS_TESTS } = process.env;

export default defineConfig({
  test: {
    include: MUTANTS_TESTS?.split(' ') ?? ['test/{engine,oracle,golden}/**/*.test.ts'],
    exclude: [
      'test/engine/cli/process.test.ts',
      'test/engine/hosts/engine-ends.test.ts',
      'test/golden/{cli,session}.test.ts',
    ],
    // Each run has a process of its own, so what is computed when a module loads is computed with the mutant all the same.
    isolate: false,
    testTimeout: 120_000,
  },
});
