import { configDefaults, defineConfig } from 'vitest/config'
import { ProcessesFirst } from './test/support/processes-first.ts'

/** What is about the files of the embedded store has no meaning on a server. */
const ofOtherStore = process.env.TEST_STORE === 'server' ? ['src/ground/store/embedded/**'] : []

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'web/**/*.test.ts',
      'scripts/**/*.test.ts',
      'test/{arch,conformance,faults,cli}/**/*.test.ts',
      'examples/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: [...configDefaults.exclude, ...ofOtherStore],
    globalSetup: ['test/support/postgres-server.ts'],
    setupFiles: ['test/support/properties.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files share what they import: a fifth less processor time (measured). None may leave anything behind.
    isolate: false,
    sequence: { sequencer: ProcessesFirst },
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
})
