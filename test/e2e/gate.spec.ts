import { expect, overflow, send, test, violations } from './app.ts'

const URL = () => process.env.E2E_URL
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

test('the gate says why it holds, is overridden with a reason, and the override can be taken back at once', async ({ open, page }) => {
  const subject = 'component:gated/till'
  await send(page, [
    { kind: 'deployment', source: 'ci', id: '1', subject, at: ago(30), finishedAt: ago(30), commit: 'a'.repeat(40), outcome: 'success' },
    { kind: 'incident', source: 'pager', id: '9', subject, at: ago(2), openedAt: ago(2), title: 'Cards are refused', severity: 'high' },
  ])
  const asked = await page.request.post(`${URL()}/api/gate`, { data: { component: 'gated/till', commit: 'b'.repeat(40) } })
  expect(await asked.json()).toMatchObject({ verdict: 'hold' })
  await open('/gate?scope=gated')
  await expect(page.getByText(/nobody asked for.*The gate held once/)).toBeVisible()
  await page.getByLabel('Component').fill('till')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(page.getByText(/till: hold: .*Cards are refused/)).toBeVisible()
  await expect(page.getByText(/Turns green: The incident is resolved/)).toBeVisible()
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Override' }).click()
  await page.getByLabel('Why').fill('The certificate ends tonight, the till would stop.')
  await page.getByRole('dialog').getByRole('button', { name: 'Override' }).click()
  await expect(page.getByText(/override in force/)).toBeVisible()
  await expect(page.getByText('Go, overridden', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Hold', { exact: true })).toBeVisible()

  await page.getByRole('navigation', { name: 'Views of the gate' }).getByRole('link', { name: 'Answers' }).click()
  await page.getByRole('table', { name: 'answers' }).getByRole('row').nth(1).getByRole('link').first().click()
  await expect(
    page
      .getByRole('dialog')
      .or(page.getByRole('complementary'))
      .getByText(/Played again it is the same byte for byte/),
  ).toBeVisible()
})

test('a policy is tried on the past beside its rules, also on a phone, and what is wrong is said', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open('/gate?scope=example&tab=policy')
  expect(await overflow(page)).toBe(0)
  await page.getByLabel('Judged by').selectOption('now')
  await page.getByRole('button', { name: 'Try it' }).click()
  const told = await page.getByText(/It would have held \d+ of \d+ releases, \d+ of the \d+ that failed, and made them wait/).innerText()
  await expect(page.getByText(/What is prevented is at most that/)).toHaveCount(told.includes(' releases, 0 of') ? 0 : 1)
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Rules').fill('kind: GatePolicy')
  await page.getByRole('button', { name: 'Try it' }).click()
  await expect(page.getByText(/It is not a document with apiVersion/)).toBeVisible()
  await open('/gate?scope=nothing')
  await expect(page.getByText('Nothing was released in this span.')).toBeVisible()
})
