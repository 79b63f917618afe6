import { expect, test } from './app.ts'

test('the map shows intent at the left and work at the right, and says how much of it there is', async ({ open, page }) => {
  await open('/throughline?scope=example&view=map')
  await expect(page.getByText(/^From the vision down: 7 outcomes, .*changes/)).toBeVisible()
  const left = await page.locator('.react-flow__node', { hasText: 'Parcels people can plan around' }).boundingBox()
  const right = await page
    .locator('.react-flow__node', { hasText: /^Change/ })
    .first()
    .boundingBox()
  expect(left!.x).toBeLessThan(right!.x)
})

test('pressing a thing in the map traces from it', async ({ open, page }) => {
  await open('/throughline?scope=example&view=map')
  await page.locator('.react-flow__node').getByRole('link', { name: 'Book a parcel without waiting' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Book a parcel without waiting' })).toBeVisible()
  await expect(page).toHaveURL(/from=outcome:example\/faster-booking/)
})

test('the outline says the same as the map and works without a mouse', async ({ open, page }) => {
  await open('/throughline?from=outcome:example/faster-booking&scope=example&view=outline')
  await expect(page.getByRole('heading', { name: 'Leads up to', exact: true })).toBeVisible()
  const fold = page.getByRole('button', { name: /fold Book on one page/i }).first()
  await fold.focus()
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Enter')
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Enter')
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
})

test('work that hangs on an outcome only by its component is told apart', async ({ open, page }) => {
  await open('/throughline?from=outcome:example/faster-booking&scope=example&view=outline&fold=none')
  await page
    .getByRole('button', { name: /^Show [\d,]+ more$/ })
    .last()
    .click()
  await expect(page.getByText('only because it touches the component').first()).toBeVisible()
})

test('levels fold away without losing the path, and the choice stands in the address', async ({ open, page }) => {
  await open('/throughline?from=outcome:example/faster-booking&scope=example&view=outline')
  const levels = page.getByRole('group', { name: 'Levels shown' })
  await levels.getByRole('button', { name: 'Work items' }).click()
  await expect(page).toHaveURL(/fold=/)
  await expect(levels.getByRole('button', { name: 'Work items' })).toHaveAttribute('aria-pressed', 'false')
  await page.reload()
  await expect(levels.getByRole('button', { name: 'Work items' })).toHaveAttribute('aria-pressed', 'false')
})

test('the planted gaps are listed beside the map, each with its fix', async ({ open, page }) => {
  await open('/throughline?scope=example')
  const gaps = page.getByRole('region', { name: 'Gaps' })
  await expect(gaps).toContainText('No work leads up to "Returns without a queue"')
  await expect(gaps).toContainText('Nobody owns the component "Label printer"')
  await expect(gaps).toContainText('No decision cites the principle "Leave it cleaner than you found it"')
})
