import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, overflow, send, test, violations } from './app.ts'

const SCOPE = 'alerting'
const ago = (minutes: number) => new Date(Math.floor(Date.now() / 60_000 - minutes) * 60_000).toISOString().replace('.000Z', 'Z')

let inbox: Server
const told: { alerts: { severity: string; event: string }[] }[] = []
test.beforeAll(async () => {
  inbox = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      told.push(JSON.parse(body))
      response.end('{}')
    })
  })
  await new Promise<void>((ready) => inbox.listen(0, '127.0.0.1', ready))
})
test.afterAll(() => inbox.close())

test('without a promise the page says what would be here and how to bring it', async ({ open, page }) => {
  await open('/reliability/alerts?scope=nowhere')
  await expect(page.getByText('Unknown: no promise is watched.')).toBeVisible()
  await expect(page.getByText('Nothing is watched yet')).toBeVisible()
})

test('a burning budget appears by itself, is told to whom it concerns, can be taken on and silenced, with a way back', async ({
  open,
  page,
}) => {
  await open(`/reliability/alerts?scope=${SCOPE}`)
  await page.getByRole('button', { name: 'Tell somebody…' }).click()
  await page.getByLabel('Address').fill(`http://127.0.0.1:${(inbox.address() as AddressInfo).port}/`)
  await page.getByLabel('Also told of').selectOption({ label: 'changes that matter to product' })
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText(/^whsec_/)).toBeVisible()
  await expect(page.getByLabel('on-call is also told of')).toHaveValue('product')
  const slo = {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: 'orders-arrive',
      displayName: 'Orders arrive',
      annotations: { 'throughline.dev/namespace': SCOPE, 'throughline.dev/runbook': 'https://runbooks.example.org/orders' },
    },
    spec: {
      service: 'basket',
      indicatorRef: 'arrived',
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
    },
  }
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, { data: slo })
  expect(written.status(), await written.text()).toBe(200)
  const sample = (minutes: number) => ({
    kind: 'sli',
    source: 'probe',
    id: `arrived-${minutes}`,
    subject: `component:${SCOPE}/basket`,
    at: ago(minutes - 1),
    indicator: 'arrived',
    windowStart: ago(minutes),
    seconds: 60,
    good: 60,
    total: 100,
  })
  await send(
    page,
    Array.from({ length: 20 }, (_, index) => sample(index + 1)),
  )

  // Nobody reloads: the page hears of it.
  await expect(page.getByText('2 alerts fire: basket (page), basket (ticket).')).toBeVisible()
  const card = page.getByRole('listitem').filter({ hasText: 'Fires' }).first()
  await expect(card).toContainText('page')
  await expect(card).toContainText(/burns its budget.* at 400 times the rate it can bear/)
  await expect(card.getByRole('link', { name: 'What to do' })).toHaveAttribute('href', 'https://runbooks.example.org/orders')
  await expect(card).toContainText('on-call was told')
  expect(told.flatMap(({ alerts }) => alerts.map(({ severity, event }) => `${severity} ${event}`)).sort()).toEqual([
    'page firing',
    'ticket firing',
  ])

  await card.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(card).toContainText('looks after it since')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(card.getByRole('button', { name: 'Acknowledge' })).toBeVisible()

  await card.getByRole('button', { name: 'Silence…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Silence' }).click()
  await expect(dialog).toContainText('Say why')
  await dialog.getByLabel('Why').fill('moving the database')
  await dialog.getByRole('button', { name: 'Silence' }).click()
  await expect(page.getByText('1 silence holds.')).toBeVisible()
  await expect(page.getByText(/basket until .*: moving the database/)).toBeVisible()

  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflow(page)).toBe(0)
})

test('g and a go to alerts', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('heading', { level: 1, name: 'Alerts' })).toBeVisible()
})
