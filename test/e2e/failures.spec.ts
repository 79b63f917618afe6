import { expect, test } from './app.ts'

test('when the server is gone the page says so and works again when it is back', async ({ open, page }) => {
  await open('/decisions?scope=example')
  await page.route('**/api/**', (route) => route.abort())
  await page.getByRole('link', { name: 'Catalogue', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The server does not answer' })).toBeVisible()
  await page.unroute('**/api/**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Catalogue' })).toBeVisible()
})

test('a refusal is told with its reason and the way out', async ({ open, page }) => {
  await page.route('**/api/brief**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status: 503,
        code: 'store.deadline',
        detail: 'A statement ran longer than 60 s and was stopped.',
        fix: 'Ask for less at once.',
      }),
    }),
  )
  await open('/brief?scope=example')
  await expect(page.getByRole('alert')).toContainText('A statement ran longer than 60 s and was stopped.')
  await expect(page.getByRole('alert')).toContainText('Ask for less at once.')
})

test('while an answer is on the way the page keeps its shape', async ({ page }) => {
  await page.route('**/api/brief**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.goto(`${process.env.E2E_URL}/brief?scope=example`)
  await expect(page.getByRole('status', { name: 'Loading' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Brief' })).toBeVisible()
})

test('an address that leads nowhere says so', async ({ open, page }) => {
  await open('/no/such/page')
  await expect(page.getByRole('heading', { level: 1, name: 'Nothing lives here' })).toBeVisible()
})

test('a thousand rows are shown a page at a time', async ({ open, page }) => {
  await page.route('**/api/decisions**', async (route) => {
    const decisions = Array.from({ length: 1_000 }, (_, index) => ({
      ref: `decision:example/d-${index}`,
      title: `Decision ${index}`,
      log: 'example',
      status: 'accepted',
      deciders: [],
      serves: [],
      supports: [],
      against: [],
      supersedes: [],
      supersededBy: [],
      affects: [],
      overdue: false,
    }))
    await route.fulfill({
      json: {
        scope: 'example',
        at: '2026-01-01T00:00:00Z',
        asOf: '2026-01-01T00:00:00Z',
        total: 4_000,
        statuses: { accepted: 4_000 },
        decisions,
      },
    })
  })
  await open('/decisions?scope=example')
  await expect(page.getByText('1 to 50 of 1,000')).toBeVisible()
  await expect(page.getByText('The newest 1,000 of 4,000 are shown.')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText('51 to 100 of 1,000')).toBeVisible()
})
