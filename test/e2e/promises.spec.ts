import { readFileSync } from 'node:fs'
import { expect, overflow, send, test, violations } from './app.ts'

test('may we ship answers in its first line, the worst promise first, and says what it does not know', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page.getByRole('heading', { level: 1, name: 'May we ship?' })).toBeVisible()
  await expect(page.getByText(/^Of 4 promises .*1 is broken.*sorting: .*\smin more than the .* that were allowed/)).toBeVisible()
  const table = page.getByRole('table', { name: 'promises' })
  await expect(table.locator('tbody').getByRole('row')).toHaveCount(4)
  await expect(table.locator('tbody').getByRole('row').first()).toContainText('Scans are accepted')
  await expect(table.locator('tbody').getByRole('row').first().getByRole('link', { name: 'Hold' })).toHaveAttribute(
    'href',
    /gate.*component=example\/sorting/,
  )
  const dark = table.getByRole('row', { name: /Tracking is up to date/ })
  await expect(dark).toContainText('No samples of "positions-fresh"')
  await expect(dark.getByRole('link', { name: 'Go, warned' })).toBeVisible()
  await expect(page.getByText(/\d+ components of which nobody says how often they may fail/)).toBeVisible()
  await table.getByRole('link', { name: 'Payments go through' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Payments go through' })).toBeVisible()
})

test('the deployment that spent the budget leads to its record; chart and table say the same', async ({ open, page }) => {
  await open('/reliability/slos/example/payments-accepted')
  await expect(page.getByText(/min left; .* kept, .* promised|min more than the/)).toBeVisible()
  const spent = page.getByRole('figure', { name: 'What spent the budget' })
  const saved = page.waitForEvent('download')
  await spent.getByRole('link', { name: 'CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(lines[0]).toBe('deployment,commit,from,until,minutes,share of the budget')
  const [id, commit, , , minutes] = lines[1]!.split(',')
  expect(id).toMatch(/^deployment:/)
  expect(Number(minutes)).toBeGreaterThan(40)
  await expect(page.getByRole('figure', { name: 'Error budget left' })).toBeVisible()
  await expect(page.getByText(/of revenue, at .* a minute/)).toBeVisible()
  await spent.getByRole('link', { name: commit!.slice(0, 7) }).click()
  await expect(page).toHaveURL(/\/records\/deployment:/)
})

test('a span that is taken out is signed, shown, and counts again with one press', async ({ open, page }) => {
  await open('/reliability/slos/example/checkout-answers')
  await page.getByRole('button', { name: 'Take a span out' }).click()
  await page.getByRole('button', { name: 'Take it out' }).click()
  await expect(page.getByText('Say why: others will read it.')).toBeVisible()
  const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10)
  await page.getByRole('textbox', { name: 'From' }).fill(`${day}T10:00`)
  await page.getByRole('textbox', { name: 'To', exact: true }).fill(`${day}T12:00`)
  await page.getByLabel('Why').fill('the database was moved, as announced')
  await page.getByRole('button', { name: 'Take it out' }).click()
  const correction = page.getByRole('listitem').filter({ hasText: 'the database was moved, as announced' })
  await expect(correction).toBeVisible()
  await correction.getByRole('button', { name: 'Count it again' }).click()
  await expect(correction).toBeHidden()
})

test('releases are frozen and an incident is declared from the page, each with the way back', async ({ open, page }) => {
  await send(page, [
    {
      kind: 'deployment',
      source: 'ci',
      id: '1',
      subject: 'component:frozen/till',
      at: new Date().toISOString(),
      finishedAt: new Date().toISOString(),
      commit: 'f'.repeat(40),
      outcome: 'success',
    },
  ])
  await open('/reliability?scope=frozen')
  await page.getByRole('button', { name: 'Freeze releases' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Freeze', exact: true }).click()
  await expect(dialog.getByText('When does it end?')).toBeVisible()
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  await dialog.getByLabel('Until').fill(`${day}T10:00`)
  await dialog.getByLabel('Why').fill('the till moves')
  expect(await violations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Freeze', exact: true }).click()
  const freeze = page.getByRole('listitem').filter({ hasText: 'The till moves' })
  await expect(freeze).toContainText('Frozen')
  await freeze.getByRole('button', { name: 'Take it back' }).click()
  await expect(freeze).toBeHidden()

  await page.getByRole('button', { name: 'Declare incident' }).click()
  await dialog.getByLabel('Service').fill('till')
  await dialog.getByLabel('What people notice').fill('cards are refused')
  await dialog.getByRole('button', { name: 'Declare', exact: true }).click()
  const incident = page.getByRole('listitem').filter({ hasText: 'till: cards are refused' })
  await expect(incident).toContainText('Open, high')
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await overflow(page)).toBe(0)
  await incident.getByRole('button', { name: 'Resolve' }).click()
  await expect(incident).toBeHidden()
})

test('without a promise the page says what would be here and how to bring it', async ({ open, page }) => {
  await open('/reliability?scope=nowhere')
  await expect(page.getByText('Unknown: nothing is promised yet.')).toBeVisible()
  await expect(page.getByText(/ apply slos\//)).toBeVisible()
})
