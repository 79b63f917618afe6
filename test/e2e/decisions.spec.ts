import { expect, test, violations } from './app.ts'

test('the log lists decisions of all records, and a status narrows it by a link one can share', async ({ open, page }) => {
  await open('/decisions?scope=example')
  await expect(page.getByText(/^\d+ decisions: \d+ in force/)).toBeVisible()
  await page.getByRole('button', { name: /^superseded/ }).click()
  await expect(page).toHaveURL(/status=superseded/)
  await expect(page.getByRole('table', { name: 'decisions' }).locator('tbody tr')).toHaveCount(2)
  await page.reload()
  await expect(page.getByRole('table', { name: 'decisions' }).locator('tbody tr')).toHaveCount(2)
})

test('a record is readable, and the chain shows what replaced what', async ({ open, page }) => {
  await open('/decisions/example/0007-sort-by-street')
  const chain = page.getByRole('region', { name: 'What replaced what' }).getByRole('listitem')
  await expect(chain).toHaveCount(3)
  await expect(chain.nth(1)).toHaveAttribute('aria-current', 'true')
  await expect(page.getByText('Replaced by').first()).toBeVisible()
  await chain.nth(2).getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sort parcels by live traffic' })).toBeVisible()
})

test('a decision whose reason broke says so with the figure', async ({ open, page }) => {
  await open('/decisions/example/0011-one-supplier-for-payments')
  const assumption = page.getByRole('listitem').filter({ hasText: 'parcels booked in a day' })
  await expect(assumption).toContainText('Broken')
  await expect(assumption).toContainText(/at most 50,000/)
})

test('a filter finds decisions by words, and says so when nothing matches', async ({ open, page }) => {
  await open('/decisions?scope=example')
  await page.getByRole('searchbox', { name: 'Filter decisions' }).fill('event bus')
  await expect(page.getByRole('table', { name: 'decisions' }).locator('tbody tr')).toHaveCount(1)
  await page.getByRole('searchbox', { name: 'Filter decisions' }).fill('zeppelin')
  await expect(page.getByText('Nothing matches “zeppelin”.')).toBeVisible()
})

test('the decisions one looks at are a feed: narrowed by the same filters, each record whole', async ({ open, page }) => {
  await open('/decisions?scope=example&status=superseded')
  const link = page.getByRole('link', { name: 'Feed of these' })
  await expect(link).toHaveAttribute('href', '/api/feeds/decisions.atom?scope=example&status=superseded')
  const feed = await page.request.get(`${process.env.E2E_URL}/api/feeds/decisions.atom?scope=example&status=superseded`)
  expect(feed.headers()['content-type']).toContain('application/atom+xml')
  const xml = await feed.text()
  expect(xml.match(/<entry>/g)).toHaveLength(2)
  expect(xml).toContain('<summary>superseded; ')
  const wrong = await page.request.get(`${process.env.E2E_URL}/api/feeds/decisions.atom?component=nothing%20such`)
  expect(wrong.status()).toBe(400)
})

test('a decision is replaced from its page: filled with what was weighed, both saved at once, both taken back at once', async ({
  open,
  page,
}) => {
  const older = {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { name: '0001-one-queue', namespace: 'replacing', title: 'One queue' },
    spec: {
      number: 1,
      status: 'accepted',
      date: '2026-01-05',
      context: 'Orders come in bursts.',
      options: [{ title: 'One queue' }, { title: 'A queue a shop', good: ['one shop cannot stop the others'] }],
    },
  }
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, { data: older })
  expect(written.ok(), await written.text()).toBe(true)
  await open('/decisions/replacing/0001-one-queue')
  await page.getByRole('link', { name: 'Replace', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Replace “One queue”' })).toBeVisible()
  await expect(page.getByLabel('Context')).toHaveValue('Orders come in bursts.')
  await expect(page.getByLabel('Option 2', { exact: true })).toHaveValue('A queue a shop')
  await page.getByLabel('Title').fill('A queue a shop')
  await expect(page.getByLabel('The document as YAML')).toContainText('- decision:replacing/0001-one-queue')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'A queue a shop' })).toBeVisible()
  const chain = page.getByRole('region', { name: 'What replaced what' }).getByRole('listitem')
  await expect(chain.first()).toContainText('superseded')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'One queue' })).toBeVisible()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await expect(chain).toHaveCount(0)
  await expect(page.getByText('Accepted', { exact: false }).first()).toBeVisible()
})
