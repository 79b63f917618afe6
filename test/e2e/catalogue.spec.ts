import { expect, test, violations } from './app.ts'

test('the catalogue says who owns nothing, and finds by words and kind', async ({ open, page }) => {
  await open('/catalogue?scope=example')
  await expect(page.getByText(/Nobody owns 1 of the \d+ that need an owner/)).toBeVisible()
  await page.getByRole('button', { name: 'Systems' }).click()
  await expect(page).toHaveURL(/kind=system/)
  await page.getByRole('searchbox', { name: 'Find in the catalogue' }).fill('booking')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/q=booking/)
  await expect(page.getByRole('table', { name: 'what we have' }).locator('tbody tr')).toHaveCount(1)
})

test('a component shows what it is related to, and leads to its owner and its delivery', async ({ open, page }) => {
  await open('/catalogue/component/example/checkout')
  await expect(page.getByText('owned by')).toBeVisible()
  await expect(page.getByText('part of')).toBeVisible()
  await page.getByRole('link', { name: 'Its delivery' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Delivery of checkout' })).toBeVisible()
})

test('a reference to something nobody declared is marked', async ({ open, page }) => {
  await open('/catalogue/component/example/customer-portal')
  await expect(page.getByRole('listitem').filter({ hasText: 'address-book' })).toContainText('not declared')
})

test('what is declared stands beside what is seen, and a contradiction is found from the list', async ({ open, page }) => {
  await open('/catalogue?scope=example')
  await page.getByRole('button', { name: 'Contradicted (1)' }).click()
  await expect(page).toHaveURL(/contradicted=1/)
  await page.getByRole('table', { name: 'what is contradicted' }).getByRole('link', { name: 'Label printer' }).click()
  const stage = page.getByRole('table', { name: 'declared and observed' }).getByRole('row').filter({ hasText: 'Stage' })
  await expect(stage).toContainText('deprecated')
  await expect(stage).toContainText('deployed to production')
  await expect(stage).toContainText('Contradicted')
  await expect(page.getByText(/It is declared deprecated, and was deployed to production/)).toBeVisible()
  expect(await violations(page)).toEqual([])
  await stage.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/records\/deployment:/)
})

test('something that is not there says so and what to do', async ({ open, page }) => {
  await open('/catalogue/component/example/no-such-thing')
  await expect(page.getByRole('alert')).toContainText('There is no component:example/no-such-thing')
})

test('a component shows what it is built of, and who else uses a package', async ({ open, page }) => {
  await open('/catalogue/component/default/throughline')
  const packages = page.getByRole('table', { name: 'packages it is built of' })
  await expect(packages.getByText('asked for directly').first()).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find a package' }).fill('hono')
  await expect(packages.getByRole('link', { name: '@hono/node-server' })).toBeVisible()
  await expect(page).toHaveURL(/package=hono/)
  await packages.getByRole('link', { name: 'hono', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'hono' })
  await expect(panel).toContainText('1 component is built on this npm package, in 1 version')
  await expect(panel).toContainText('asked for directly')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
})

test('where no lock file was read packages are unknown, not none', async ({ open, page }) => {
  await open('/catalogue/component/example/checkout')
  await expect(page.getByText('No lock file or manifest of it was read, so they are unknown.')).toBeVisible()
})
