import { createHmac } from 'node:crypto'
import { expect, overflow, test, violations } from './app.ts'

const issue = {
  action: 'opened',
  issue: { number: 7, title: 'Labels print slowly', state: 'open', created_at: '2026-05-01T10:00:00Z', updated_at: '2026-05-01T10:00:00Z' },
  repository: { name: 'labels', full_name: 'acme/labels' },
}

test('a system is connected in one go: made, copied, waited for, and the first event shown as it was read', async ({ open, page }) => {
  await open('/sources')
  await page.getByRole('link', { name: 'Connect GitHub' }).click()
  await page.getByLabel('Name').fill('Labels')
  await page.getByRole('button', { name: 'Make the address' }).click()
  const codes = page.locator('ol code')
  await expect(codes).toHaveCount(2)
  const [address, secret] = await codes.allInnerTexts()
  await expect(page.getByText('Waiting for the first event')).toBeVisible()
  expect(await violations(page)).toEqual([])

  const body = Buffer.from(JSON.stringify(issue))
  const send = (key: string) =>
    page.request.post(address!, {
      data: body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      },
    })
  expect((await send('guessed')).status()).toBe(401)
  await expect(page.getByText(/Something came and was turned away/)).toBeVisible()
  expect((await send(secret!)).status()).toBe(200)
  await expect(page.getByText('Read as 1 record.')).toBeVisible()
  await page.getByRole('link', { name: 'Labels print slowly' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Labels print slowly' })).toBeVisible()
})

test('a secret that the other side makes later is given where the steps are, and what is signed with it is taken', async ({
  open,
  page,
}) => {
  await open('/sources')
  await page.getByRole('link', { name: 'Connect PagerDuty' }).click()
  await page.getByRole('button', { name: 'Make the address' }).click()
  const address = await page.locator('ol code').innerText()
  const data = {
    event: {
      event_type: 'incident.triggered',
      occurred_at: '2026-05-01T10:00:05Z',
      data: {
        id: 'PINC7',
        type: 'incident',
        title: 'Labels do not print',
        created_at: '2026-05-01T10:00:00Z',
        service: { summary: 'Labels' },
      },
    },
  }
  const body = Buffer.from(JSON.stringify(data))
  const signature = `v1=${createHmac('sha256', 'made-there').update(body).digest('hex')}`
  const send = () =>
    page.request.post(address, { data: body, headers: { 'content-type': 'application/json', 'x-pagerduty-signature': signature } })
  expect((await send()).status()).toBe(401)
  await page.getByLabel('signing secret').fill('made-there')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText('Kept sealed. What comes now is checked with it.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  expect((await send()).status()).toBe(200)
  await expect(page.getByText('Read as 1 record.')).toBeVisible()
})

test('a text to copy into a file is copied whole, with its lines and the address in it', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/sources/connect?source=argocd')
  await page.getByRole('button', { name: 'Make the address' }).click()
  await page.getByRole('button', { name: /the text/ }).click()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toMatch(/^service\.webhook\.throughline: \|\n  url: http:\/\/\S+\/hooks\/\S+\n  headers:\n/)
  expect(copied).toMatch(/\n {4}triggers: \[throughline\]$/)
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('a connection says how it is doing by day, and can be paused and resumed', async ({ open, page }) => {
  await open('/sources')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await overflow(page)).toBe(0)
  await page.getByRole('link', { name: 'Labels', exact: true }).first().click()
  await expect(page.getByRole('table', { name: 'days' })).toBeVisible()
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Deliveries are turned away until it is resumed.')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Deliveries come as usual.')).toBeVisible()
})
