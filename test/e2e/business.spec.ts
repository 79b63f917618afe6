import { readFileSync } from 'node:fs'
import { expect, test } from './app.ts'

test('business answers in one sentence, with how many people and how sure', async ({ open, page }) => {
  await open('/business?scope=example')
  await expect(page.getByText(/of those who begin reach “parcel_booked” within 7\sd/)).toBeVisible()
  for (const title of [
    'First parcel within a week',
    'Customers who come back',
    'From account to parcel',
    'Revenue per paying customer (NOK)',
  ]) {
    const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
    await expect(card).toContainText(/n\s=\s[\d,]+/)
    await expect(card).toContainText(/95\s%/)
  }
})

test('a cohort that is not complete has no number and says so; the same figures are a table and a file', async ({ open, page }) => {
  await open('/business?scope=example')
  const table = page.getByRole('table', { name: 'Cohorts by when they began' })
  await expect(table.getByRole('row').nth(1)).toContainText('%')
  await expect(table.getByRole('row').last()).toContainText('not over yet')
  await expect(table.getByRole('row').last()).not.toContainText('%')
  const figure = page.getByRole('figure', { name: /Cohorts by when they began/ })
  const download = page.waitForEvent('download')
  await figure.getByRole('link', { name: 'CSV' }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  expect(file).toMatch(/^began,people,months after,came back,share,low,high,why not known\r\n/)
  expect(file).toContain('incomplete')
  await figure.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('region', { name: /Cohorts by when they began, as a table/ })).toContainText('incomplete')
})

test('a funnel says how many leave before which step', async ({ open, page }) => {
  await open('/business?scope=example')
  const funnel = page.getByRole('figure', { name: /From account to parcel, step by step/ })
  await expect(funnel.getByRole('listitem')).toHaveCount(4)
  await expect(funnel).toContainText(/\d+ leave here \([\d.]+\s% of the step before\)/)
})

test('every figure opens its measure for the same span, and the records behind it name nobody', async ({ open, page }) => {
  await open('/business?scope=example')
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'First parcel within a week' }) })
  await expect(card).toContainText(/n\s=\s\d/)
  const said = /n\s=\s([\d,]+)/.exec(await card.innerText())![1]!
  await card.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'First parcel within a week' })).toBeVisible()
  await expect(page.getByText(new RegExp(`n\\s=\\s${said}\\b`)).first()).toBeVisible()
  const records = page.getByRole('table', { name: 'records' })
  await expect(records).toContainText('account_opened')
  await expect(records).not.toContainText('person:')
})

test('where no product event is known, the page says what would be here and the command that brings it', async ({ open, page }) => {
  await open('/business')
  await expect(page.getByText('No product events yet')).toBeVisible()
  await expect(page.getByText(/ import events\.ndjson/)).toBeVisible()
})
