import { expect, overflow, test, violations } from './app.ts'

test('services are ranked by what they hide, and the calls between them are drawn and told as a table', async ({ open, page }) => {
  await open('/reliability/health?scope=example')
  await expect(page.getByText(/of \d+ services reveals? all of their health\. Begin with /)).toBeVisible()
  const table = page.getByRole('table', { name: 'what services reveal' })
  await expect(table.getByRole('row').filter({ hasText: 'Checkout' }).first()).toContainText('structured, with trace ids')
  const map = page.getByRole('region', { name: 'Map of calls, left to right' })
  await expect(map.getByRole('link', { name: /checkout/i })).toBeVisible()
  await expect(map.getByText('postgresql')).toBeVisible()
  await expect(page.getByText(/of these dependencies (is|are) seen and declared nowhere/)).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Show as table' }).click()
  const calls = page.getByRole('region', { name: 'Who calls whom, as a table' })
  await expect(
    calls.getByRole('row').filter({ hasText: 'component:example/checkout' }).filter({ hasText: 'component:example/payments' }),
  ).toBeVisible()
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflow(page)).toBe(0)
})

test('a service shows what it does, whom it calls and what its logs complain of', async ({ open, page }) => {
  await open('/reliability/health/example/checkout')
  await expect(page.getByText(/\d+ calls, .*failed\./).first()).toBeVisible()
  await expect(page.getByRole('table', { name: 'operations' })).toContainText('POST /bookings')
  await expect(page.getByRole('table', { name: 'patterns' })).toContainText('POST /bookings failed for parcel <*> after <*> tries')
  await expect(page.getByRole('link', { name: 'payments' }).first()).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflow(page)).toBe(0)
})

test('a service that sends nothing is unknown, with what brings its telemetry', async ({ open, page }) => {
  await open('/reliability/health/example/fleet')
  await expect(page.getByText('Unknown: fleet sent nothing in this span.')).toBeVisible()
  await expect(page.getByText(/OTEL_SERVICE_NAME=fleet/)).toBeVisible()
})
