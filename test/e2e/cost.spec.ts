import { readFileSync } from 'node:fs'
import { expect, test } from './app.ts'

test('cost answers in its first line, names who causes most of it, and what nobody claims with what would allocate it', async ({
  open,
  page,
}) => {
  await open('/cost?scope=example')
  await expect(page.getByText(/^It cost [\d,]+\sEUR, .* The dearest team is tracking/)).toBeVisible()
  const left = page.getByRole('listitem').filter({ hasText: 'Support' })
  await expect(left).toContainText('throughline.dev/cost-accounts: nordlys-production')
  await expect(page.getByText(/n\s=\s\d+ records from [\d,]+ lines of bills/)).toBeVisible()
  await expect(page.getByText(/event-bus: [\d,]+\sEUR among 4 components, evenly/)).toBeVisible()
})

test('bars and table say the same, by whatever is chosen; the choice stands in the address', async ({ open, page }) => {
  await open('/cost?scope=example')
  await page.getByRole('button', { name: 'By component' }).click()
  await expect(page).toHaveURL(/by=component/)
  const chart = page.getByRole('figure', { name: 'Cost by component' })
  const saved = page.waitForEvent('download')
  await chart.getByRole('link', { name: 'CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(lines[0]).toBe('component,amount,currency,share,before,lines')
  expect(lines.at(-1)).toMatch(/^unallocated,\d+/)
  // The head, and a line for each component beside what nobody claims.
  const table = page.getByRole('table', { name: 'costs' })
  await expect(table.locator('tbody').getByRole('row')).toHaveCount(lines.length - 2)
  await expect(table).toContainText('shared out')
  await table.getByRole('link', { name: 'tracking-api', exact: true }).click()
  await expect(page).toHaveURL(/catalogue\/component\/example\/tracking-api/)
})

test('three months are asked for in whole months, and the records behind are one click away', async ({ open, page }) => {
  await open('/cost?scope=example')
  const one = await page.getByText(/^It cost/).innerText()
  await page.getByRole('button', { name: '3 months' }).click()
  await expect(page).toHaveURL(/from=\d{4}-\d{2}-01/)
  await expect(page.getByText(/^It cost/)).not.toHaveText(one)
  await page.getByRole('link', { name: 'See the records' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Effective cost' })).toBeVisible()
})

test('without a bill the page says what would be here and how to bring it', async ({ open, page }) => {
  await open('/cost?scope=nowhere')
  await expect(page.getByText('No bill for this span')).toBeVisible()
  await expect(page.getByText(/ import bill\.csv --apply/)).toBeVisible()
})

test('g and k go to cost', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(page.getByRole('heading', { level: 1, name: 'Cost' })).toBeVisible()
})

test('beside a delivery measure stands what others answered, with who was asked and how old it is, and no grade', async ({
  open,
  page,
}) => {
  await open('/delivery/delivery.change_lead_time?scope=example')
  await expect(page.getByRole('heading', { name: 'What others answer' })).toBeVisible()
  await expect(page.getByText(/of those asked are in the same range/)).toBeVisible()
  await expect(page.getByText(/DORA 2024, .* old\. About 3,000 people/)).toBeVisible()
  await expect(page.getByText(/elite/i)).toHaveCount(0)
})
