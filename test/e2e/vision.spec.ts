import { expect, test } from './app.ts'

test('the vision is read as a page: its words, its outcomes, its principles, and what a careful reader objects to', async ({
  open,
  page,
}) => {
  await open('/vision?scope=example')
  await expect(page.getByRole('heading', { level: 1, name: 'Parcels people can plan around' })).toBeVisible()
  await expect(page.getByText(/of 300 words/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Payments that do not break' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What a careful reader would object to' })).toBeVisible()
})

test('an outcome shows where it stands, what was promised, the forecast and its guardrails', async ({ open, page }) => {
  await open('/vision/outcomes/example/faster-booking')
  await expect(page).toHaveURL(/scope=example/)
  await expect(page.locator('main')).toContainText('On course')
  for (const term of ['Baseline', 'Promised', 'Forecast', 'Pace', 'Likely reached'])
    await expect(page.locator('dt', { hasText: term })).toBeVisible()
  await expect(page.getByRole('table', { name: 'guardrails' })).toContainText('Held')
  await expect(page.getByRole('img', { name: /^Change lead time, / })).toBeVisible()
  await expect(page.getByRole('list', { name: 'The latest of it' }).getByRole('link').first()).toBeVisible()
})

test('a word with a dotted line explains itself on focus', async ({ open, page }) => {
  await open('/vision/outcomes/example/faster-booking')
  await page.getByRole('button', { name: 'Baseline' }).focus()
  await expect(page.getByRole('tooltip').filter({ visible: true })).toContainText('The value an outcome started from')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tooltip').filter({ visible: true })).toHaveCount(0)
})

test('a broken principle names the components that break it, worst first, with the figure', async ({ open, page }) => {
  await open('/vision/principles/example/small-reversible-changes')
  const rows = page.getByRole('table', { name: 'components under this principle' }).getByRole('row')
  await expect(rows.nth(1)).toContainText('Broken')
  await expect(rows.nth(1)).toContainText(/n\s=\s\d+/)
})

test('a new outcome is linted while it is written, saved, and can be taken back', async ({ open, page }) => {
  await open('/vision/outcomes/new')
  await page.getByLabel('Title').fill('Fewer lost parcels')
  await page.getByLabel('Statement').fill('We strive for world-class delivery.')
  await expect(page.getByText('“world-class” settles nothing.')).toBeVisible()
  await page.getByLabel('Statement').fill('At most one parcel in ten thousand is lost.')
  await page.getByLabel('Measure', { exact: true }).fill('business.lost_parcels')
  await page.getByLabel('Target').fill('0.0001')
  await expect(page.getByText(/by.*(missing|date)/i).first()).toBeVisible()
  await page.getByLabel('Reached by').fill('2030-12-31')
  await expect(page.getByLabel('The document as YAML')).toContainText('name: fewer-lost-parcels')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Fewer lost parcels' })).toBeVisible()
  await expect(page.getByText('Unknown').first()).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await open('/vision')
  await expect(page.getByText('Fewer lost parcels')).toHaveCount(0)
})

test('what was typed survives a reload, and leaving asks first', async ({ open, page }) => {
  await open('/vision/principles/new')
  await page.getByLabel('Title').fill('Measure twice')
  await page.reload()
  await expect(page.getByLabel('Title')).toHaveValue('Measure twice')
  await page.getByRole('link', { name: 'Cancel' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByLabel('Title')).toHaveValue('Measure twice')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await question.getByRole('button', { name: 'Leave and discard' }).click()
  await expect(page).toHaveURL(/\/vision$/)
})

test('an edit is saved on top of the version that was read; the versions tell what changed in words', async ({ open, page }) => {
  await open('/vision/principles/new')
  await page.getByRole('listitem').filter({ hasText: 'Ship small, reversible changes' }).getByRole('button', { name: 'Adopt' }).click()
  await page.getByLabel('Title').fill('Ship in small steps')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ship in small steps' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await page.getByLabel('Statement').fill('Ship in steps that can be undone within the hour.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved as version 2.')).toBeVisible()
  await open('/catalogue/principle/default/ship-in-small-steps?versions=1')
  await expect(page.getByText('statement: ').getByRole('insertion').first()).toBeVisible()
})

test('somebody else’s change in between is not overwritten, and nothing typed is lost', async ({ open, page }) => {
  await open('/vision/outcomes/new')
  await page.getByLabel('Title').fill('Quiet nights')
  await page.getByLabel('Statement').fill('Nobody is woken twice in a week.')
  const other = {
    apiVersion: 'throughline.dev/v1',
    kind: 'Outcome',
    metadata: { name: 'quiet-nights', namespace: 'default', title: 'Quiet nights' },
    spec: { statement: 'Nobody is woken.' },
    expectedVersion: 0,
  }
  expect((await page.request.put(`${process.env.E2E_URL}/api/entities`, { data: other })).ok()).toBe(true)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody else changed it meanwhile')
  await expect(page.getByLabel('Statement')).toHaveValue('Nobody is woken twice in a week.')
})
