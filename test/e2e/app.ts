import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'

/** A way back is offered for 20 seconds (web/ui/feedback/toasts.tsx), which is soon over for a test on a busy machine. */
const UNHURRIED = `{
  const after = window.setTimeout
  window.setTimeout = (work, ms, ...more) => after(work, ms === 20_000 ? 200_000 : ms, ...more)
}`

/** Opens pages of the running server, and fails a test in which the browser complained. */
export const test = base.extend<{ open: (path: string) => Promise<void> }>({
  open: async ({ page }, use) => {
    const complaints: string[] = []
    await page.addInitScript(UNHURRIED)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // A refused request is told on the page; that the browser logs it too is no fault.
      if (message.type() === 'error' && !/^(Failed to load resource|ApiProblem:)/.test(message.text())) complaints.push(message.text())
    })
    await use(async (path) => {
      await page.goto(`${process.env.E2E_URL}${path}`)
      await expect(page.locator('h1')).toBeVisible()
      await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    })
    expect(complaints).toEqual([])
  },
})

/** Serious accessibility violations, each with the elements it is about; of all rules, or of those named. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // No page of ours has frames: axe need not look for them, nor open another page to put together what it found in each.
  // Only what is wrong is looked up whole; what is right would be, too, element by element.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations: found } = await (rules ? axe.withRules(rules) : axe).analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join('; ')})`,
    )
}

/** By how many pixels the page, once complete, is wider than its window; 0 when it fits. */
export async function overflow(page: Page): Promise<number> {
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  return Math.max(0, await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'))
}

/** Adds records as a source would. */
export async function send(page: Page, records: readonly Record<string, unknown>[], raw: readonly string[] = []): Promise<void> {
  const body = [...records.map((record) => JSON.stringify(record)), ...raw].join('\n')
  const answer = await page.request.post(`${process.env.E2E_URL}/api/evidence`, {
    headers: { 'content-type': 'application/x-ndjson' },
    data: body,
  })
  expect(answer.status()).toBeLessThan(500)
}

export { expect } from '@playwright/test'
