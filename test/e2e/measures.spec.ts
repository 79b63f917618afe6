import { readFileSync } from 'node:fs'
import { expect, overflow, send, test, violations } from './app.ts'

const DAY = 86_400_000
const DAYS = 160
/** A level with a week's rhythm that rises by ten 30 days ago, one value a day up to yesterday. */
const shifted = (measure: string, subject: string) => {
  const today = Math.floor(Date.now() / DAY) * DAY
  return Array.from({ length: DAYS }, (_, day) => ({
    kind: 'measurement',
    source: 'e2e',
    id: `${measure}-${day}`,
    subject,
    at: new Date(today - (DAYS - day) * DAY).toISOString(),
    measure,
    value: 40 + [3, 1, 0, 2, 1, -6, -5][day % 7]! + ((day * 7_919) % 13) / 13 + (day >= DAYS - 20 ? 10 : 0),
  }))
}

test('all measures are listed by group with value, n and way; words narrow them, a row opens one', async ({ open, page }) => {
  await open('/measures?scope=example')
  await expect(page.getByText(/\d+ measures: \d+ known, \d+ unknown; /)).toBeVisible()
  const delivery = page.getByRole('table', { name: 'Delivery' })
  await expect(delivery.getByRole('row', { name: /Change lead time/ })).toContainText(/d\d+/)
  await page.getByRole('searchbox', { name: 'Filter measures' }).fill('first commit')
  await expect(page.getByRole('table', { name: 'Business' })).toHaveCount(0)
  await expect(page).toHaveURL(/find=first/)
  await delivery.getByRole('link', { name: 'Change lead time' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Change lead time' })).toBeVisible()
  await page
    .getByRole('listitem')
    .filter({ hasText: /measures/ })
    .getByRole('link')
    .first()
    .click()
  await expect(page).toHaveURL(/\/vision\/outcomes\//)
})

test('a measure that changed level leads the page, and its own page says when, from what to what, and what may come', async ({
  open,
  page,
}) => {
  await open('/measures')
  await send(page, shifted('e2e.shifted', 'component:default/e2e-measured'))
  await open('/measures')
  const changed = page.getByRole('listitem').filter({ hasText: 'e2e.shifted' })
  await expect(changed).toContainText(/changed on .* from 39\.\d to 50\.\d/)
  await changed.getByRole('link', { name: 'e2e.shifted' }).click()
  await expect(page.getByRole('button', { name: 'Level changed' })).toBeVisible()
  await expect(
    page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: /Forecast/ }),
  ).toContainText(/80.%.*such intervals held/)
  const chart = page.getByRole('figure', { name: 'e2e.shifted' })
  const saved = page.waitForEvent('download')
  await chart.getByRole('link', { name: 'CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(lines[0]).toMatch(/^from,to,value,low,high,.*records,note$/)
  expect(lines.filter((line) => line.endsWith('forecast'))).toHaveLength(28)
  expect(lines.filter((line) => line.includes('level changed'))).toHaveLength(1)
  await chart.getByRole('button', { name: 'Show as table' }).click()
  await expect(chart.getByRole('row')).toHaveCount(lines.length)
  await page.getByRole('button', { name: 'by week' }).click()
  await expect(page).toHaveURL(/grain=week/)
  expect(await violations(page)).toEqual([])
})

test('what else happened stands in words and leads to its record', async ({ open, page }) => {
  await open('/measures/delivery.change_failure_rate?scope=example')
  await page.getByText(/What else happened: .*incidents/).click()
  await page
    .getByRole('listitem')
    .filter({ hasText: /decision: / })
    .getByRole('link')
    .first()
    .click()
  await expect(page).toHaveURL(/\/decisions\//)
})

test('one value is one dot, and each part says from when on it can be told', async ({ open, page }) => {
  await open('/measures')
  await send(page, shifted('e2e.single', 'component:default/e2e-measured').slice(-1))
  await open('/measures/e2e.single?grain=day')
  await expect(page.getByText(/Unknown: 1 known day is too few for a trend: it takes 8/)).toBeVisible()
  await expect(page.getByText(/too few for a forecast/)).toBeVisible()
  await expect(page.getByRole('img', { name: /e2e.single/ })).toBeVisible()
})

test('ten years of days can be read by everybody and fit a phone', async ({ open, page }) => {
  await open('/measures/delivery.deployment_frequency?scope=example&grain=day&days=3650')
  await expect(page.getByRole('img', { name: /Deployment frequency/ })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflow(page)).toBe(0)
})

test('where measures were before leads to where they are', async ({ open, page }) => {
  await open('/delivery/delivery.change_lead_time?scope=example')
  await expect(page).toHaveURL(/\/measures\/delivery\.change_lead_time\?.*scope=example/)
})
