import { expect, overflow, send, test, violations } from './app.ts'

test('sources are listed with how much they sent, and how fresh it is', async ({ open, page }) => {
  await open('/evidence?scope=example')
  await expect(page.getByText(/^[\d,]+ records from \d+ sources/)).toBeVisible()
  const deployments = page.getByRole('table', { name: 'sources' }).getByRole('row').filter({ hasText: 'pipeline' })
  await expect(deployments).toContainText('deployments')
})

test('a suggested link is accepted with one click and taken back with another', async ({ open, page }) => {
  await open('/evidence?scope=example&tab=suggestions')
  const waiting = async () => Number((await page.getByRole('link', { name: /Suggested links/ }).innerText()).replace(/\D/g, ''))
  await expect.poll(waiting).toBeGreaterThan(0)
  const before = await waiting()
  await page.getByRole('button', { name: 'Accept' }).first().click()
  await expect(page.getByText('Accepted: it counts from now on.')).toBeVisible()
  await expect.poll(waiting).toBe(before - 1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(waiting).toBe(before)
})

test('a refused link leaves the list', async ({ open, page }) => {
  await open('/evidence?scope=example&tab=suggestions')
  const first = page.getByRole('table', { name: 'suggested links' }).locator('tbody tr').first()
  // With its links: two changes may have one title.
  const told = () => first.locator('td').first().innerHTML()
  const refused = await told()
  await first.getByRole('button', { name: 'Refuse' }).click()
  await expect(page.getByText('Refused: it will not be suggested again.')).toBeVisible()
  await expect.poll(told).not.toBe(refused)
})

test('a line that could not be read waits with its reason, can be looked at, tried again and thrown away', async ({ open, page }) => {
  await send(page, [], ['{"kind":"deploymnt","source":"ci","id":"typo-1"}'])
  await open('/evidence?tab=rejects')
  const row = page.getByRole('table', { name: 'rejected lines' }).locator('tbody tr').first()
  await expect(row).toContainText('deploymnt')
  await row.getByRole('button', { name: 'Show the line' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox')).toHaveValue(/"id":"typo-1"/)
  await page.keyboard.press('Escape')
  await row.getByRole('button', { name: 'Read again' }).click()
  await expect(page.getByText('0 lines read, 1 still refused.')).toBeVisible()
  await row.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Throw it away' }).click()
  await expect(page.getByText('No line was refused')).toBeVisible()
})

test('a line that is wrong is corrected where it is shown, and read in its place', async ({ open, page }) => {
  const event = { kind: 'event', source: 'ci', id: 'typo-2', subject: 'component:default/desk', type: 'seen', data: {} }
  await send(page, [{ ...event, at: 'yesterday' }])
  await open('/evidence?tab=rejects')
  const row = page.getByRole('table', { name: 'rejected lines' }).locator('tbody tr').first()
  await row.getByRole('button', { name: 'Show the line' }).click()
  const line = page.getByRole('dialog').getByRole('textbox')
  await line.fill(JSON.stringify({ ...event, at: 'today' }))
  await page.getByRole('button', { name: 'Read this instead' }).click()
  await expect(page.getByRole('dialog')).toContainText(/"at"/)
  expect(await violations(page)).toEqual([])
  await line.fill(JSON.stringify({ ...event, at: '2026-05-04T09:00:00Z' }))
  await page.getByRole('button', { name: 'Read this instead' }).click()
  await expect(page.getByText('Read, in the place of the refused line.')).toBeVisible()
  await expect(page.getByText('No line was refused')).toBeVisible()
})

test('records about something nobody declared are counted and listed', async ({ open, page }) => {
  await open('/evidence?scope=example&tab=undeclared')
  await expect(page.getByRole('table', { name: 'undeclared things' })).toContainText('repository:example/returns-batch')
})

test('an import can be taken back as a whole, and given again', async ({ open, page }) => {
  // An import of its own: what other tests post shares one import a day.
  const post = async (path: string, data: unknown) =>
    (await page.request.post(`${process.env.E2E_URL}/api/imports${path}`, { data })).json()
  const { importId } = await post('', { label: 'survey of May', format: 'ndjson' })
  const record = {
    kind: 'measurement',
    source: 'survey',
    id: 'one',
    subject: 'component:default/desk',
    at: '2026-05-04T09:00:00Z',
    measure: 'desk.happiness',
    value: 4,
  }
  expect(await post(`/${importId}/batches`, { parsed: [{ record }] })).toMatchObject({ accepted: 1 })
  await post(`/${importId}/finish`, {})
  await open('/evidence?tab=imports')
  const row = page.getByRole('table', { name: 'imports' }).getByRole('row').filter({ hasText: 'survey of May' })
  await row.getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByText('1 record taken back.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('1 record counted again.')).toBeVisible()
})

test('two names are joined by hand, listed without the names, and set apart again', async ({ open, page }) => {
  await open('/evidence?tab=people')
  await page.getByLabel('Name', { exact: true }).fill('dev-1@example.org')
  await page.getByLabel('Same person as').fill('dev-1')
  await page.getByRole('button', { name: 'Join' }).click()
  const row = page.getByRole('table', { name: 'what was said by hand' }).locator('tbody tr').filter({ hasText: 'is the same as' })
  await expect(row).toHaveCount(1)
  await expect(row).not.toContainText('dev-1')
  await row.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await expect(row).toHaveCount(0)
})

test('a person is erased after it was told what that would be', async ({ open, page }) => {
  const at = '2026-05-04T09:00:00Z'
  const event = { kind: 'product_event', source: 'desk', id: 'left-1', subject: 'component:default/desk', at, name: 'left' }
  await send(page, [{ ...event, actor: 'leaving@example.org' }])
  await open('/evidence?tab=people')
  await page.getByLabel('Person', { exact: true }).fill('leaving@example.org')
  await page.getByRole('button', { name: 'Show what would be erased' }).click()
  await expect(page.getByText('Records of product events: 1 are deleted, because they tell of nothing else')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await expect(page.getByText('Erased.', { exact: true })).toBeVisible()
})

test('how long a kind is kept is set in days, and for good again; what would be forgotten is told first', async ({ open, page }) => {
  await open('/evidence?tab=retention')
  const row = page.getByRole('table', { name: 'how long records are kept' }).locator('tbody tr').filter({ hasText: 'product events' })
  await expect(row).toContainText('for good')
  await row.getByRole('textbox').fill('0')
  await expect(row).toContainText('Write whole days')
  await row.getByRole('textbox').fill('4000')
  await row.getByRole('button', { name: 'Set' }).click()
  await expect(row).toContainText('for 4,000 days')
  await row.getByRole('textbox').fill('')
  await row.getByRole('button', { name: 'Set' }).click()
  await expect(row).toContainText('for good')
  await page.getByLabel('Days to keep commits').fill('1')
  await page.getByLabel('Days to keep commits').press('Enter')
  await expect(page.getByRole('dialog')).toContainText(/[\d,]+ of [\d,]+ happened before .* cannot be brought back/)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Keep them' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'commits' })).toContainText('for good')
})

test('a file is looked at, its mapping corrected, and imported; refused rows are a click away; the next file needs nothing', async ({
  open,
  page,
}) => {
  const file = (name: string, rows: string) => ({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(`Nr;Headline;Opened;Application\n${rows}`),
  })
  await open('/sources')
  await page.getByRole('link', { name: 'Import a file' }).click()
  await page
    .getByLabel('Choose a file')
    .setInputFiles(file('desk 2026-05.csv', 'D1;Down;04.05.2026 10:00;desk\nD2;;05.05.2026 10:00;desk\n'))
  await expect(page.getByText(/Times in "Opened" are written without a zone/)).toBeVisible()
  await page.getByLabel('A row is').selectOption('incident')
  await page.getByLabel('Headline becomes').selectOption('title')
  await page.getByLabel('Zone of times without one').fill('Europe/Berlin')
  const first = page.getByRole('table', { name: 'first rows' }).locator('tbody tr').first()
  await expect(first).toContainText('2026-05-04 08:00 UTC')
  await expect(first).toContainText('component:default/desk')
  await expect(page.getByText('1 record, 1 refused.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await overflow(page)).toBe(0)

  await page.getByRole('button', { name: 'Import all rows' }).press('Enter')
  await expect(page.getByText('2 rows: 1 new, 0 revised, 0 known already, 1 refused.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Look at refused rows' }).click()
  const refused = page.getByRole('table', { name: 'rejected lines' }).locator('tbody tr').first()
  await expect(refused).toContainText('column "Headline" is empty')
  await refused.getByRole('button', { name: 'Discard' }).click()

  await open('/sources/import')
  await page
    .getByLabel('Choose a file')
    .setInputFiles(file('desk 2026-06.csv', 'D1;Down;04.05.2026 10:00;desk\nD3;Slow;06.06.2026 10:00;desk\n'))
  await expect(page.getByText('as kept from a file of this shape')).toBeVisible()
  await page.getByRole('button', { name: 'Import all rows' }).click()
  await expect(page.getByText('2 rows: 1 new, 0 revised, 1 known already, 0 refused.')).toBeVisible()
})

test('a file that is no table says so and what to do', async ({ open, page }) => {
  await open('/sources/import')
  await page
    .getByLabel('Choose a file')
    .setInputFiles({ name: 'sheet.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004…') })
  await expect(page.getByRole('alert')).toContainText('Save the sheet as "CSV UTF-8"')
  await expect(page.getByRole('button', { name: 'Import all rows' })).toHaveCount(0)
})
