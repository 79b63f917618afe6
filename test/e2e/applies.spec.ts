import { expect, overflow, test, violations } from './app.ts'

test('before a change, one page says what binds it, who reviews it and whether it may ship', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/applies?scope=example')
  await page.getByLabel('Component or path').fill('fleet')
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(
    page.getByText(/^Changes to Vans and drivers are reviewed by routing\. \d of \d principles .* broken here, \d+ decisions bind it/),
  ).toBeVisible()
  await expect(page.getByText(/fleet: (go|hold)/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Ship small, reversible changes' })).toBeVisible()
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Every reason' }).click()
  await expect(page).toHaveURL(/\/gate\?component=/)
})

test('everything is found by its words: a page, a change by its number', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('/')
  await page.keyboard.type('audit trail')
  await page.getByRole('listbox', { name: 'Found' }).getByRole('option', { name: 'Access' }).waitFor()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/evidence\?.*tab=access/)
  await page.keyboard.press('/')
  // What was found for `#4` stands in the list until what goes by `#42` is known: the one that is meant is waited for.
  const { records } = (await (await page.request.get(`${process.env.E2E_URL}/api/named?q=%2342&namespace=example`)).json()) as {
    records: { title: string; subject: string }[]
  }
  const [{ title, subject }] = records as [(typeof records)[number]]
  await page.keyboard.type('#42')
  await page
    .getByRole('listbox', { name: 'Found' })
    .getByRole('option', { name: `${title} change · ${subject.split('/')[1]}` })
    .click()
  await expect(page).toHaveURL(/\/records\/change:.*42/)
})

test('what is shared stands beside who uses it and who has built it again', async ({ open, page }) => {
  await open('/capabilities?scope=example')
  await expect(page.getByText(/2 are built again: authentication by fleet, notifications by depot-scanner\./)).toBeVisible()
  await page.getByRole('table', { name: 'capabilities' }).getByRole('link', { name: 'Sign-in' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in' })).toBeVisible()
})
