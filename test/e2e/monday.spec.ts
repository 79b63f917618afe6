import { expect, send, test, violations } from './app.ts'

test('Monday says in its first line how many outcomes are on course, then lists them worst first', async ({ open, page }) => {
  await open('/?scope=example')
  await expect(page.getByText(/^7 outcomes: .*1 on course.*at risk.*unknown/)).toBeVisible()
  const states = await page
    .getByRole('list', { name: 'Outcomes, worst first' })
    .getByRole('listitem')
    .locator('[data-state] >> nth=0')
    .allInnerTexts()
  const rank = ['Missed', 'At risk', 'Unknown', 'On course', 'Met']
  const ranks = states.map((state) => rank.indexOf(state.trim()))
  expect(ranks).not.toContain(-1)
  expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
})

test('a sentence opens to what it rests on, and the ground leads to its page', async ({ open, page }) => {
  await open('/?scope=example')
  const outcome = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Book a parcel without waiting' }) })
  await outcome.locator('summary').press('Enter')
  const ground = outcome.getByRole('link', { name: 'Change lead time' }).first()
  await ground.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Change lead time' })).toBeVisible()
  await expect(page).toHaveURL(/scope=example/)
})

test('last week’s work is one bar that shows the unlinked part and leads to the suggestions', async ({ open, page }) => {
  await open('/?scope=example')
  const bar = page.getByRole('group', { name: 'Last week’s work by what it serves' })
  await expect(bar).toContainText('Unlinked')
  const shares = (await bar.locator('li b').allInnerTexts()).map((text) => Number.parseInt(text, 10))
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThanOrEqual(shares.length / 2)
  await page.getByRole('link', { name: 'Accept suggested links' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Evidence' })).toBeVisible()
  await expect(page.getByRole('link', { name: /Suggested links/ })).toHaveAttribute('aria-current', 'page')
})

test('what waits for a decision says whose it is and what happens if nobody answers', async ({ open, page }) => {
  await open('/?scope=example')
  await expect(
    page.getByRole('listitem').filter({ hasText: 'The gate holds sorting' }).getByRole('link', { name: 'See what holds it' }),
  ).toBeVisible()
  const first = page.getByRole('listitem').filter({ hasText: 'If nobody answers' }).first()
  await expect(first).toContainText('Whose')
  await first.getByRole('link', { name: /See what holds it|Look at it again|Open the exception|Read the proposals/ }).click()
  await expect(page.locator('main h1')).not.toHaveText('Monday')
})

test('our own organisation and the example never mix', async ({ open, page }) => {
  await open('/?scope=example')
  await expect(page.getByText('Book a parcel without waiting').first()).toBeVisible()
  await page.getByLabel('Whose world').selectOption({ label: 'Ours' })
  await expect(page).not.toHaveURL(/scope=/)
  await expect(page.getByText('Book a parcel without waiting')).toHaveCount(0)
})

test('what changed level lately stands on Monday, is put aside once seen, and comes back on wish', async ({ open, page }) => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, {
    data: {
      apiVersion: 'throughline.dev/v1',
      kind: 'Measure',
      metadata: { name: 'desk.questions', namespace: 'alerted', title: 'Questions to the desk' },
      spec: { question: 'How often?', unit: 'count', better: 'lower', source: { kind: 'series' }, headline: [{ audience: 'executive' }] },
    },
  })
  expect(written.ok(), await written.text()).toBe(true)
  await page.request.put(`${process.env.E2E_URL}/api/entities`, {
    data: {
      apiVersion: 'throughline.dev/v1',
      kind: 'Outcome',
      metadata: { name: 'calm', namespace: 'alerted', title: 'A calm desk' },
      spec: { statement: 'Nobody has to ask twice.' },
    },
  })
  await send(
    page,
    Array.from({ length: 100 }, (_, ago) => ({
      kind: 'measurement',
      source: 'desk',
      id: `q-${ago}`,
      subject: 'component:alerted/desk',
      at: day(ago + 0.5),
      measure: 'desk.questions',
      value: (ago < 9 ? 140 : 100) + ((ago * 7919) % 11) - 5,
    })),
  )
  await open('/?scope=alerted')
  await expect(page.getByText(/Questions to the desk changed level on .*, for the worse: from .* sure it is no noise/)).toBeVisible()
  await expect(page.getByText('Worse', { exact: true })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: /^Seen.*Questions to the desk/ }).click()
  await expect(page.getByText(/Questions to the desk changed level/)).toHaveCount(0)
  await page.getByText('1 change put aside').click()
  await page.getByRole('button', { name: /^Show it again/ }).click()
  await expect(page.getByText(/Questions to the desk changed level/)).toBeVisible()
  await open('/brief?scope=alerted')
  await expect(page.getByText(/Questions to the desk changed level/)).toBeVisible()
  const feed = await page.request.get(`${process.env.E2E_URL}/api/feeds/changes.atom?scope=alerted`)
  expect(feed.headers()['content-type']).toContain('application/atom+xml')
  expect(await feed.text()).toContain('<title>Questions to the desk changed level, for the worse</title>')
})

test('while newer records are counted the page shows what it has and says so, then the newest in the same place', async ({
  open,
  page,
}) => {
  const asked: string[] = []
  const { promise: counted, resolve: letGo } = Promise.withResolvers<void>()
  await page.route('**/api/monday?scope=example', async (route) => {
    asked.push(route.request().headers()['cache-control'] ?? 'nothing')
    if (asked.length > 1) {
      await counted
      return route.continue()
    }
    const response = await route.fetch()
    return route.fulfill({ response, headers: { ...response.headers(), age: '120' } })
  })
  await open('/?scope=example')
  const note = page.getByText(/^Counted up to .*\d\d:\d\d:\d\d; newer records are being counted\.$/)
  await expect(note).toBeVisible()
  const heading = page.getByRole('heading', { level: 1, name: 'Monday' })
  const place = await heading.boundingBox()
  expect(await violations(page)).toEqual([])
  letGo()
  await expect(note).toHaveCount(0)
  expect(await heading.boundingBox()).toEqual(place)
  // A third time where others wrote meanwhile, and what came with the second was begun before.
  expect(asked.slice(0, 2)).toEqual(['max-stale=86400', 'max-stale=5'])
})

test('newer records that cannot be counted leave the page as it is, and it says so; the past is asked as it was', async ({
  open,
  page,
}) => {
  const asked: (string | undefined)[] = []
  await page.route('**/api/monday?*', async (route) => {
    asked.push(route.request().headers()['cache-control'])
    if (asked.length > 1) return route.fulfill({ status: 503, json: { code: 'store.unreachable', detail: 'The store does not answer.' } })
    const response = await route.fetch()
    return route.fulfill({ response, headers: { ...response.headers(), age: '120' } })
  })
  await open('/?scope=example')
  await expect(page.getByText(/newer records could not be counted: reload the page\.$/)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Outcomes, worst first' })).toBeVisible()
  asked.length = 0
  await open('/?scope=example&asOf=2026-01-05')
  await expect(page.getByText(/^As it was known on 5 Jan 2026/)).toBeVisible()
  expect(asked).toEqual([undefined])
})

test('the default of what waits is approved and taken back; a question stands with the decision until it is settled', async ({
  open,
  page,
}) => {
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities-together`, {
    data: {
      write: [
        {
          apiVersion: 'throughline.dev/v1',
          kind: 'Outcome',
          metadata: { name: 'calm', namespace: 'answering', title: 'A calm desk' },
          spec: { statement: 'Nobody has to ask twice.' },
        },
        {
          apiVersion: 'throughline.dev/v1',
          kind: 'Decision',
          metadata: { name: '0001-one-desk', namespace: 'answering', title: 'One desk' },
          spec: { status: 'accepted', date: '2024-01-01', revisitBy: '2025-01-01', deciders: ['council'] },
        },
      ],
    },
  })
  expect(written.ok(), await written.text()).toBe(true)
  await open('/?scope=answering')
  const item = page.getByRole('listitem').filter({ hasText: 'Is "One desk" still right?' })
  await item.getByRole('button', { name: /^Ask/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Ask before it is decided' })
  await dialog.getByLabel('To council').fill('Who answers on Sundays?')
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(item).toContainText('Who answers on Sundays?')
  await item.getByRole('button', { name: /^Approve/ }).click()
  await expect(page.getByText('Nothing waits for a decision.')).toBeVisible()
  await page.getByText('1 default taken').click()
  await page.getByRole('button', { name: /^Decide it after all/ }).click()
  await expect(page.getByRole('heading', { name: 'Decide (1)' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await open('/decisions/answering/0001-one-desk')
  await expect(page.getByRole('region', { name: 'Asked' })).toContainText('Who answers on Sundays?')
  await open('/?scope=answering')
  await item.getByRole('button', { name: /^Settled/ }).click()
  await expect(item).not.toContainText('Who answers on Sundays?')
})
