import { defineConfig } from '@playwright/test'
import { BROWSER_FLAGS, findBrowser } from './test/e2e/browser.ts'

export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/global-setup.ts',
  // All share one server and its store. Files run side by side, tests of a file one after the other: what a file changes
  // (vision: our own namespace; evidence: suggestions, rejects, imports) no other file counts.
  workers: 2,
  // Long: whoever waits for what comes waits no longer than it takes, and a busy machine may take five times as long.
  timeout: 240_000,
  expect: { timeout: 75_000 },
  forbidOnly: true,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME }]]
    : [['list']],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A picture of what went wrong; recording every step would make every test slower. PLAYWRIGHT_TRACE=on records.
    screenshot: 'only-on-failure',
    trace: process.env.PLAYWRIGHT_TRACE === 'on' ? 'retain-on-failure' : 'off',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath: findBrowser(), args: BROWSER_FLAGS },
  },
})
