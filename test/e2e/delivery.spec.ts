import { readFileSync } from 'node:fs'
import { expect, test } from './app.ts'

test('delivery answers in one sentence, shows the five with how many records and how sure, and where the time goes', async ({
  open,
  page,
}) => {
  await open('/delivery?scope=example')
  await expect(page.getByText(/Half of the changes reach users within/)).toBeVisible()
  for (const title of [
    'Change lead time',
    'Deployment frequency',
    'Change failure rate',
    'Failed deployment recovery time',
    'Rework rate',
  ]) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
    await expect(card).toContainText(/n\s=\s[\d,]+/)
  }
  await expect(page.getByRole('group', { name: 'Stages of a change on its way to users' })).toContainText('Waiting for review')
})

test('components are compared side by side; a head sorts them, and the order stands in the address', async ({ open, page }) => {
  await open('/delivery?scope=example')
  const table = page.getByRole('table', { name: 'components' })
  await table.getByRole('button', { name: 'Component' }).click()
  await expect(page).toHaveURL(/sort=component/)
  // The address is there before the rows are.
  await expect(table.getByRole('columnheader', { name: 'Component' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(async () => {
    const names = await table.locator('tbody [class*="rowLink"]').allInnerTexts()
    expect(names.length).toBeGreaterThan(1)
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en')))
  }).toPass()
  await page.reload()
  await expect(table.getByRole('columnheader', { name: 'Component' })).toHaveAttribute('aria-sort', 'ascending')
  await table.getByRole('link', { name: 'checkout', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Delivery of checkout' })).toBeVisible()
})

test('every number opens its records, and a record opens to its parts and links', async ({ open, page }) => {
  await open('/delivery?scope=example')
  await page.getByRole('link', { name: 'Change lead time' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Change lead time' })).toBeVisible()
  const records = page.getByRole('table', { name: 'records' })
  await records.locator('tbody [class*="rowLink"]').first().click()
  const panel = page.getByRole('dialog')
  await expect(panel.getByText('Open the record with its history')).toBeVisible()
  await expect(page).toHaveURL(/record=/)
  await page.reload()
  await expect(panel).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('a record’s page shows every revision and where it came from', async ({ open, page }) => {
  await open('/measures/delivery.change_lead_time?scope=example')
  await page.getByRole('table', { name: 'records' }).locator('tbody [class*="rowLink"]').first().click()
  const panel = page.getByRole('dialog')
  const title = await panel.getByRole('heading').first().innerText()
  await panel.getByRole('link', { name: 'Open the record with its history' }).click()
  // Every repository has a change of this number: it is this one.
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'As it stands' })).toBeVisible()
  await expect(page.getByText(/Learned/).first()).toBeVisible()
})

test('every row leads to its own record, or to the page of what it is about', async ({ open, page }) => {
  for (const measure of ['delivery.change_failure_rate', 'work.through_changes', 'business.parcels_per_day', 'catalog.owned']) {
    await open(`/measures/${measure}?scope=example`)
    const row = page.getByRole('table', { name: 'records' }).locator('tbody [class*="rowLink"]').first()
    await row.click()
    const link = page.getByRole('dialog').getByRole('link', { name: /^Open (the record with its history|its page)$/ })
    await link.click()
    await expect(page).toHaveURL(/\/(records|catalogue)\//)
    await expect(page.getByText(/There is no|Nothing lives here/)).toHaveCount(0)
    await expect(page.getByRole('main').getByRole('heading', { level: 2 }).first()).toBeVisible()
  }
})

test('every chart has a table twin and the same figures as CSV', async ({ open, page }) => {
  await open('/measures/delivery.change_lead_time?scope=example')
  const chart = page.getByRole('figure', { name: 'Change lead time' })
  const saved = page.waitForEvent('download')
  await chart.getByRole('link', { name: 'CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(lines[0]).toBe('from,to,value,low,high,p90,records,note')
  await chart.getByRole('button', { name: 'Show as table' }).click()
  await expect(chart.getByRole('row')).toHaveCount(lines.length)
})

test('the span of time stands in the address and survives a reload', async ({ open, page }) => {
  await open('/delivery?scope=example')
  await page.getByRole('button', { name: 'Half a year' }).click()
  await expect(page).toHaveURL(/days=182/)
  await expect(page.getByRole('button', { name: 'Half a year' })).toHaveAttribute('aria-pressed', 'true')
  const answer = await page.getByText(/Half of the changes reach users within/).innerText()
  await page.reload()
  await expect(page.getByText(answer)).toBeVisible()
})

test('seen from an earlier day the page says so, and leads back to now', async ({ open, page }) => {
  await open('/delivery?scope=example')
  await page.getByRole('button', { name: /choose the day to look from/ }).click()
  await page.getByRole('button', { name: 'A month ago' }).click()
  await expect(page.getByText(/As it was known on/).last()).toBeVisible()
  await expect(page).toHaveURL(/asOf=\d{4}-\d{2}-\d{2}/)
  await page.getByRole('link', { name: 'Decisions', exact: true }).click()
  await expect(page).toHaveURL(/asOf=/)
  await page.getByRole('button', { name: 'Back to now' }).click()
  await expect(page).not.toHaveURL(/asOf=/)
})

test('a measure nobody has records for says unknown, why, and what would make it known', async ({ open, page }) => {
  await open('/measures/business.returns_minutes?scope=example')
  await expect(page.getByText(/^Unknown:/)).toBeVisible()
  await expect(page.locator('main')).not.toContainText(/\b0 min\b/)
})
