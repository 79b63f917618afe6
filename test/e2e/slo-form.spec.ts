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
  await page.getByLabel('What is good').selectOption('sent')
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

test('a promise about calls needs no more than a service whose telemetry comes, and is tried on what came', async ({ open, page }) => {
  const at = Date.now() - 60_000
  const spans = Array.from({ length: 50 }, (_, n) => ({
    traceId: n.toString(16).padStart(32, 'a'),
    spanId: n.toString(16).padStart(16, 'b'),
    name: 'GET /letters',
    kind: 2,
    startTimeUnixNano: `${at - (n < 45 ? 100 : 900)}000000`,
    endTimeUnixNano: `${at}000000`,
    status: n === 7 ? { code: 2 } : {},
  }))
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'letters' } }] }
  const sent = await page.request.post(`${process.env.E2E_URL}/v1/traces`, {
    data: { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] },
  })
  expect(sent.status()).toBe(200)
  await open('/reliability/slos/new')
  await page.getByLabel('Title').fill('Letters are answered')
  await page.getByLabel('Service').fill('letters')
  await expect(page.getByText('Empty: all 50 calls of the last 7 days')).toBeVisible()
  const tried = page.getByRole('region', { name: 'Tried on the past' })
  await expect(tried).toContainText(/98\s%\skept in the last 28 days/)
  await page.getByLabel('What is good').selectOption('within')
  await page.getByLabel('Within, in milliseconds').fill('250')
  await expect(tried).toContainText(/90\s%\skept/)
  await expect(tried).toContainText('Counted up to 256 ms')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Letters are answered' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByLabel('Within, in milliseconds')).toHaveValue('250')
})

test('on a telephone the form for a promise fits', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/reliability/slos/new')
  await page.getByLabel('Counted in').selectOption('Timeslices')
  await page.getByLabel('Over').selectOption('calendar')
  expect(await overflow(page)).toBe(0)
})
