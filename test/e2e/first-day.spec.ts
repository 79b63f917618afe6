import { expect, test as base } from '@playwright/test'
import { overflow, violations } from './app.ts'
import { type Server, startServer } from './server.ts'

/** A server on which nothing has happened yet: each test file worker has its own. */
const test = base.extend<object, { fresh: Server }>({
  fresh: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const server = await startServer('--empty')
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

test('a server that knows nothing claims nothing, and says the two steps that change it', async ({ fresh, page }) => {
  await page.goto(fresh.url)
  await expect(page.getByText('Nothing is known here yet, so nothing is claimed.')).toBeVisible()
  await expect(page.getByText(/ scan path\/to\/repository/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Write the vision' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Load the example company' })).toBeVisible()
  expect(await violations(page)).toEqual([])
})

for (const [path, words] of [
  ['/vision', 'Nobody has written the vision yet'],
  ['/throughline', 'The path from outcomes down to commits would be here'],
  ['/delivery', 'No delivery in this span'],
  ['/catalogue', 'Components, systems, APIs and their owners would be here'],
  ['/decisions', 'Decisions of every repository would be listed here'],
  ['/evidence', 'Commits, changes, deployments and incidents would be here'],
  ['/evidence?tab=suggestions', 'No links are suggested'],
  ['/evidence?tab=rejects', 'No line was refused'],
  ['/evidence?tab=imports', 'Imports would be listed here'],
] as const) {
  test(`empty, ${path} says what would be there and the one step that brings it`, async ({ fresh, page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${fresh.url}${path}`)
    await expect(page.getByText(words)).toBeVisible()
    expect(await overflow(page)).toBe(0)
    expect(await violations(page)).toEqual([])
  })
}

test('the vision is written in a form, from nothing', async ({ fresh, page }) => {
  await page.goto(`${fresh.url}/vision`)
  await page.getByRole('link', { name: 'Write it in a form' }).click()
  await page.getByLabel('Title').fill('Parcels on time')
  await page.getByLabel('Statement').fill('Every parcel arrives on the day we promise.')
  await expect(page.getByText('8 of 300 words')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Parcels on time' })).toBeVisible()
})

test('the first token closes the door, and signing in opens it again where one wanted to go', async ({ fresh, page, browser }) => {
  await page.goto(`${fresh.url}/evidence?tab=access`)
  await page.getByLabel('Name').fill('for me')
  await page.getByRole('button', { name: 'Make a token' }).click()
  const secret = await page.getByText('Its secret, shown this once:').locator('..').locator('code').innerText()

  await expect(page.getByRole('table', { name: 'tokens' })).toContainText('for me')

  const guest = await (await browser.newContext()).newPage()
  await guest.goto(`${fresh.url}/decisions?status=accepted`)
  await expect(guest.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await guest.getByLabel('Token').fill('tl_wrong')
  await guest.getByRole('button', { name: 'Sign in' }).click()
  await expect(guest.getByText(/That token is not known here/)).toBeVisible()
  await expect(guest.getByLabel('Token')).toHaveValue('tl_wrong')
  await guest.getByLabel('Token').fill(secret)
  await guest.getByRole('button', { name: 'Sign in' }).click()
  await expect(guest.getByRole('heading', { level: 1, name: 'Decisions' })).toBeVisible()
  await expect(guest).toHaveURL(/status=accepted/)
  await guest.getByRole('button', { name: /^You act as/ }).click()
  await guest.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(guest.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await guest.context().close()
})
