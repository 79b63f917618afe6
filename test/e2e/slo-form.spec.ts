import { expect, overflow, send, test, violations } from './app.ts'

const HOUR = 3_600_000

test('a promise is written in a form: tried on the past, told as OpenSLO, saved and opened again', async ({ open, page }) => {
  const now = Math.floor(Date.now() / HOUR) * HOUR
  await send(
    page,
    Array.from({ length: 72 }, (_, hour) => {
      const start = new Date(now - (72 - hour) * HOUR).toISOString()
      return {
        kind: 'sli',
        source: 'browser-test',
        id: `desk-${start}`,
        subject: 'component:default/desk',
        at: start,
        indicator: 'Calls answered',
        windowStart: start,
        seconds: 3_600,
        good: hour === 40 ? 3_000 : 6_000,
        total: 6_000,
      }
    }),
  )
  await open('/reliability/slos/new')
  await page.getByLabel('Title').fill('Calls are answered')
  await page.getByLabel('Service').fill('desk')
  await page.getByLabel('Indicator').fill('Calls answered')
  await expect(page.getByText(/In the last 28 days: 99\.3\s%? good, n/)).toBeVisible()
  const tried = page.getByRole('region', { name: 'Tried on the past' })
  await expect(tried).toContainText(/99\.3\s%\skept in the last 28 days; alerts would have fired 1 time \(page\)/)
  await expect(tried.getByRole('list', { name: 'When alerts would have fired' })).toBeVisible()

  await page.getByLabel('Target').fill('100')
  await expect(page.getByText('A target of 100 % leaves no error budget')).toBeVisible()
  await page.getByLabel('Target').fill('99.5')
  const yaml = page.getByLabel('The document as YAML')
  await expect(yaml).toContainText('apiVersion: openslo/v1')
  await expect(yaml).toContainText('targetPercent: 99.5')
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Calls are answered' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByLabel('Indicator')).toHaveValue('Calls answered')
  await expect(page.getByLabel('Target')).toHaveValue('99.5')
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
})

test('on a telephone the form for a promise fits', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/reliability/slos/new')
  await page.getByLabel('Counted in').selectOption('Timeslices')
  await page.getByLabel('Over').selectOption('calendar')
  expect(await overflow(page)).toBe(0)
})
