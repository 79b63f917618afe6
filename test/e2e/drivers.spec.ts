import { readFileSync } from 'node:fs'
import { expect, test, violations } from './app.ts'

const MAP = '/measures/drivers?scope=example&view=map'
const OUTLINE = '/measures/drivers?scope=example&view=outline'

test('the first line counts what is stated and what became of it, and each line of the map says its verdict', async ({ open, page }) => {
  await open(MAP)
  await expect(page.getByText(/^\d+ drivers stated: \d+ refuted, \d+ not enough data, \d+ supported\.$/)).toBeVisible()
  const line = page.getByRole('button', {
    name: 'Parcels scanned after their van had left drives Questions to support in a day: supported. Open',
  })
  await line.click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText(/stood .* higher about 3\sdays later \(95\s%: .*n\s36\d\sdays/)
  await expect(panel).not.toContainText(/caus/i)
  await expect(page).toHaveURL(/driver=/)
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('the outline says the same in words, and its table and CSV carry the numbers', async ({ open, page }) => {
  await open(OUTLINE)
  const driven = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Questions to support in a day' }) })
  await expect(driven.getByRole('listitem').filter({ hasText: 'Parcels scanned' })).toContainText(/same direction, after 3\sdays/)
  await expect(driven.getByText('Supported')).toHaveCount(1)
  const saved = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV' }).click()
  const rows = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(rows[0]).toBe('measure,hangs on,as,direction said,lag said,verdict,correlation,low,high,"at lag, days",n,steps,p')
  expect(rows.some((row) => row.startsWith('business.support_contacts,depot.late_scans,driver,same,3d,supported,0.'))).toBe(true)
})

test('a driver is tried, added, changed and dropped, and each can be taken back', async ({ open, page }) => {
  await open(OUTLINE)
  await page.getByRole('button', { name: 'Add a driver' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Measure').fill('business.portal_visits')
  await dialog.getByLabel('Driver').fill('business.nonesuch')
  await expect(dialog).toContainText('No measure has this id')
  await dialog.getByLabel('Driver').fill('depot.late_scans')
  await dialog.getByLabel('Lag').fill('soon')
  await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toBeDisabled()
  await dialog.getByLabel('Lag').fill('3d')
  await dialog.getByRole('button', { name: 'Try it' }).click()
  // Of two series that have nothing to do with each other chance supports one in twenty.
  await expect(dialog).toContainText(/Supported|Refuted|Not enough data/)
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  const driven = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Visits to the portal in a day' }) })
  await expect(driven).toContainText(/either direction, after 3\sdays/)

  await driven.getByRole('button', { name: /^Open ?: Parcels scanned/ }).click()
  await dialog.getByLabel('Direction').selectOption('opposite')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(driven).toContainText(/opposite direction, after 3\sdays/)

  await driven.getByRole('button', { name: /^Open ?: Parcels scanned/ }).click()
  await dialog.getByRole('button', { name: 'Drop this driver' }).click()
  await expect(driven).toHaveCount(0)
  const dropped = page.getByText('Parcels scanned after their van had left drives Visits to the portal in a day no longer.').locator('..')
  await dropped.getByRole('button', { name: 'Undo' }).click()
  await expect(driven).toContainText(/opposite direction, after 3\sdays/)
  await driven.getByRole('button', { name: /^Open ?: Parcels scanned/ }).click()
  await dialog.getByRole('button', { name: 'Drop this driver' }).click()
  await expect(driven).toHaveCount(0)
})

test('the page of a measure tells what moves it and leads to the map', async ({ open, page }) => {
  await open('/delivery/business.support_contacts?scope=example')
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'What moves it' }) })
  await expect(section.getByRole('listitem').filter({ hasText: 'Parcels scanned' })).toContainText('Supported')
  await section.getByRole('link', { name: 'Map of drivers' }).click()
  await expect(page).toHaveURL(/\/measures\/drivers\?scope=example/)
})

test('where nobody has said anything, the page says what would be here and how it comes', async ({ open, page }) => {
  await open('/measures/drivers?scope=nowhere')
  await expect(page.getByText('The way from outcomes to what moves them would be here')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add a driver' }).first()).toBeVisible()
})
