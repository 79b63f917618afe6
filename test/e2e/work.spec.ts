import { readFileSync } from 'node:fs'
import { expect, test, violations } from './app.ts'

test('work answers in one sentence, against the plan, and its parts add up', async ({ open, page }) => {
  await open('/work?scope=example')
  await expect(page.getByText(/\d+\s%\sof\s\d+\schanges served outcomes; planned were\s60\s%/)).toBeVisible()
  const rows = page.getByRole('table', { name: 'parts of the work' }).locator('tbody tr')
  await expect(rows.nth(4)).toBeVisible()
  const shares = await rows.evaluateAll((all) => all.map((row) => Number.parseInt(row.querySelectorAll('td')[1]?.textContent ?? '', 10)))
  expect(shares.length).toBeGreaterThan(4)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  expect(whole).toBeGreaterThanOrEqual(97)
  expect(whole).toBeLessThanOrEqual(103)
  await expect(page.getByText(/Planned and not worked on/)).toContainText('A parcel costs less to carry')
  await expect(page.getByText(/parts of fewer than five people are not shown/)).toBeVisible()
})

test('a part opens the changes behind it, and a change its record; the open part stands in the address', async ({ open, page }) => {
  await open('/work?scope=example')
  await page.getByRole('table', { name: 'parts of the work' }).getByRole('link', { name: 'Unlinked' }).click()
  await expect(page).toHaveURL(/part=unlinked/)
  await page.reload()
  const panel = page.getByRole('dialog')
  await expect(panel).toBeVisible()
  expect(await violations(page)).toEqual([])
  await panel.getByRole('listitem').getByRole('link').first().click()
  await expect(page).toHaveURL(/\/records\//)
  await expect(page.getByRole('heading', { name: 'As it stands' })).toBeVisible()
})

test('the bars over time have a table twin and the same figures as CSV', async ({ open, page }) => {
  await open('/work?scope=example')
  const chart = page.getByRole('figure', { name: 'Changes by what they serve' })
  const saved = page.waitForEvent('download')
  await chart.getByRole('link', { name: 'CSV' }).click()
  const lines = readFileSync(await (await saved).path(), 'utf8').split('\r\n')
  expect(lines[0]).toBe('from,to,Outcomes,Upkeep,Incidents and fixes,Unlinked,changes')
  expect(lines.length).toBeGreaterThan(20)
  await chart.getByRole('button', { name: 'Show as table' }).click()
  await expect(chart.getByRole('row')).toHaveCount(lines.length)
})

test('the way of work items shows its biggest wait first, and what is under way leads to its records', async ({ open, page }) => {
  await open('/work?scope=example')
  await expect(page.getByText(/items reached customers, half of them within/)).toContainText('The biggest wait is waiting to be started')
  const stages = page.getByRole('group', { name: /Stages of work items/ })
  await expect(stages.getByRole('listitem').first()).toContainText('Waiting to be started')
  await page.getByRole('table', { name: 'items in progress' }).locator('tbody [class*="rowLink"]').first().click()
  await expect(page).toHaveURL(/\/records\/work_item/)
  await page.goBack()
  await page.getByRole('link', { name: 'Open flow time' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Flow time' })).toBeVisible()
})

test('where nothing was done it says so, and the keyboard leads here', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page.getByRole('heading', { level: 1, name: 'Work' })).toBeVisible()
  await open('/work?scope=nowhere')
  await expect(page.getByText('No work was recorded in this span.')).toBeVisible()
  await expect(page.getByText(/No source tells of work items here/)).toBeVisible()
})

test('delivery is told of people and programs as cohorts; of too few nothing is', async ({ open, page }) => {
  await open('/delivery?scope=example')
  const cohorts = page.getByRole('table', { name: 'cohorts' })
  await expect(cohorts.getByRole('row', { name: /People alone/ })).toContainText(/n\s=\s\d+/)
  // Programs made some changes of this component in these weeks, and fewer than five.
  const asked = 'subject=namespace:example&by=component&where=author_kind=bots'
  const answer = await page.request.get(`${process.env.E2E_URL}/api/measures/delivery.change_size?${asked}`)
  const { readings } = (await answer.json()) as { readings: { subject: string; unknown?: { code: string } }[] }
  const few = readings.find(({ unknown }) => unknown?.code === 'cohort_too_small')
  await open(`/delivery?scope=example&subject=${few!.subject}`)
  await expect(page.getByRole('table', { name: 'cohorts' })).toContainText('too few to tell')
})
