import { expect, overflow, test, violations } from './app.ts'

/** The day after the example's pages from the edge were finished. */
const DAY = new Date(Date.now() - 126 * 86_400_000).toISOString().slice(0, 10)
const PORTAL = `measure=web.page_seconds&subject=component:example/customer-portal&at=${DAY}`

test('a day is asked about in a form that stands in the address, and answered beside what was left untouched', async ({ open, page }) => {
  await open('/effect?scope=example')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(page.getByText('Name the day.')).toBeVisible()
  await page.getByLabel('Measure').fill('web.page_seconds')
  await page.getByLabel('Changed').fill('component:example/customer-portal')
  await page.getByLabel('Day of the change').fill(DAY)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(
    page.getByText(/Customer portal: time until a page shows is \d+\s% lower since .*held against 5 untouched subjects/),
  ).toBeVisible()
  await expect(page.getByText('For the better', { exact: true })).toBeVisible()
  await expect(page.getByText(/^Stronger evidence: what hit everybody alike/)).toBeVisible()
  expect(page.url()).toContain(PORTAL)
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('columnheader', { name: 'untouched' })).toBeVisible()
  expect(await violations(page)).toEqual([])

  await page.getByText('Held against 5 subjects').click()
  await page.getByRole('button', { name: 'Leave out Checkout' }).click()
  await expect(page.getByText(/held against 4 untouched subjects/)).toBeVisible()
  expect(page.url()).toContain('control=')
})

test('a refusal keeps what was typed, on a phone too', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open(`/effect?scope=example&${PORTAL}&control=not a name`)
  await expect(page.getByText('The server refused this')).toBeVisible()
  await expect(page.getByLabel('Hold against')).toHaveValue('not a name')
  expect(await overflow(page)).toBe(0)
})

test('an investment says whether it was worth it: expected beside observed', async ({ open, page }) => {
  await open('/catalogue/investment/example/lighter-payment-page?scope=example')
  await expect(page.getByRole('heading', { name: 'Was it worth it' })).toBeVisible()
  await expect(page.getByText(/No effect is shown: Payments: time until a page shows/)).toBeVisible()
  await expect(page.getByText(/^Expected −25\s% .*less than was expected\.$/)).toBeVisible()
  expect(await violations(page)).toEqual([])
})
