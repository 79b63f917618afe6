import { expect, overflow, test, violations } from './app.ts'

test('investments are chosen within people-weeks, answered while the slider moves, and say how sure the choice is', async ({
  open,
  page,
}) => {
  await open('/investments?scope=example&weeks=60')
  await expect(page.getByText(/^Choose \d+ of \d+ for [\d.]+\speople-weeks/)).toBeVisible()
  await expect(page.getByText(/\d0 of 500\sdraws/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'The plan beside where work really went' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  const slider = page.getByRole('slider', { name: /People-weeks/ })
  await slider.focus()
  await slider.press('Home')
  await expect(page.getByText(/none that fits these limits closes a gap/)).toBeVisible()
  await expect(page).toHaveURL(/weeks=0/)
})

test('where nothing fits the page says which limit stands in the way, on a phone too', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open('/investments?scope=example&weeks=0&floor=outcome:example/safer-payments')
  await expect(page.getByText(/Nothing fits\. The limit would have to be 9\speople-weeks instead of 0/)).toBeVisible()
  await page.getByRole('checkbox', { name: 'Payments that do not break' }).uncheck()
  await expect(page.getByText(/Nothing fits/)).toBeHidden()
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('one investment says what it is expected to change and what it needs; of none there is the document to begin with', async ({
  open,
  page,
}) => {
  await open('/investments/example/split-the-checkout?scope=example')
  await expect(page.getByText(/It is expected to close \d+\s% of the gap of "Book a parcel without waiting"/)).toBeVisible()
  await page.getByRole('link', { name: 'A preview of every change to booking' }).click()
  await expect(page.getByText('Needed by')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await open('/investments?scope=empty')
  await expect(page.getByText('What could be done would be listed here, with what to choose of it')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('an investment is written in a form that says what is wrong, survives a reload, and can be taken back', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await open('/investments?scope=invested')
  await page.getByRole('link', { name: 'New investment' }).click()
  await page.getByLabel('Title').fill('Tests in a minute')
  await page.getByLabel('Statement').fill('Tests of a change run in a minute.')
  await page.getByLabel('People-weeks').fill('twelve')
  await expect(page.getByText(/field needs another look/)).toBeVisible()
  await page.getByLabel('People-weeks').fill('12')
  await page.getByRole('button', { name: 'Add an effect' }).click()
  const effect = page.getByRole('group', { name: 'Expected effects' })
  await effect.getByLabel('Measure', { exact: true }).fill('delivery.change_lead_time')
  for (const [level, value] of Object.entries({ P10: '-5%', P50: '-25%', P90: '-40%' })) await effect.getByLabel(level).fill(value)
  await effect.getByLabel('By').fill('2030-03-31')
  await expect(effect.getByText(/not in order/)).toBeVisible()
  await effect.getByLabel('P10').fill('-40%')
  await effect.getByLabel('P90').fill('-5%')
  await page.reload()
  await expect(effect.getByLabel('P10')).toHaveValue('-40%')
  await expect(page.getByText('Ready to save')).toBeVisible()
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Tests in a minute' })).toBeVisible()
  await expect(page.getByText('12 people-weeks').first()).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByLabel('Statement')).toHaveValue('Tests of a change run in a minute.')
  await page.getByLabel('Statement').fill('Tests of a change run in half a minute.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved as version 2.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByText('Taken back.')).toBeVisible()
  await expect(page.getByText('Tests of a change run in a minute.')).toBeVisible()
})
