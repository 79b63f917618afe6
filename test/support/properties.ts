import fc from 'fast-check'

/**
 * Set up before every file of tests: what is tried on drawn values draws the same ones each time, so that a change is what makes a
 * test fail. `RUNS=1000 npx vitest run <files>` draws others, and that many where a test does not say how many itself.
 */
fc.configureGlobal(process.env.RUNS ? { numRuns: Number(process.env.RUNS) } : { seed: 20_261_122 })
