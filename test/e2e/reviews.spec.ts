import type { Browser, Page } from '@playwright/test'
import { expect, overflow, test, violations } from './app.ts'

/** An organisation that has nothing yet; another each time, so that a server that runs can be used again. */
const SCOPE = `starters-${process.pid}`

/** Somebody without an account opens a link: another browser, no cookies, nothing kept. */
async function guest(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(link)
  await expect(page.locator('h1')).toBeVisible()
  return page
}

test('a vision is drafted from three questions, reviewed, disagreed on, signed by three sides, two of them by link, and published', async ({
  open,
  page,
  browser,
}) => {
  await test.step('drafted: the form lints as it is typed and saves all of it together', async () => {
    await open(`/vision?scope=${SCOPE}`)
    await page.getByRole('link', { name: 'Draft it from three questions' }).click()
    await page.getByLabel('Statement').fill('We strive for world-class delivery.')
    await expect(page.getByText('“world-class” settles nothing.')).toBeVisible()
    await page.getByLabel('Statement').fill('By the end of 2028 a shop of any size promises a delivery day and keeps it.')
    await page.getByLabel('In a few words').fill('A day that is kept')
    await page.getByLabel('By when').fill('2028-12-31')
    const outcomes = [
      'Nine of ten parcels come on the promised day.',
      'A new shop ships within an hour.',
      'Nobody is woken twice in a week.',
    ]
    for (const [index, text] of outcomes.entries()) await page.getByLabel(`Outcome ${index + 1}`, { exact: true }).fill(text)
    const principles = ['Ship small, reversible changes.', 'One way to do one thing.', 'Promise only what is measured.']
    for (const [index, text] of principles.entries()) await page.getByLabel(`Principle ${index + 1}`, { exact: true }).fill(text)
    await page.getByLabel('Says no to').first().fill('a change nobody can undo within an hour')
    await expect(page.getByText(/^[45]\d of 300 words/)).toBeVisible()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'A day that is kept' })).toBeVisible()
    await expect(page.getByText('Saved together: the vision and 6 of its parts.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Ship small, reversible changes' })).toBeVisible()
  })

  const links: Record<string, string> = {}
  await test.step('reviewed: one side ranks here, two by link, and nobody sees the others before all have', async () => {
    await page.getByRole('link', { name: 'Reviews', exact: true }).first().click()
    await page.getByRole('button', { name: 'Start a review' }).click()
    await expect(page.getByText('Each side ranks the outcomes alone: 0 of 3 sides have')).toBeVisible()
    for (const side of ['business', 'engineering']) {
      await page.getByRole('button', { name: `Make a link for ${side}` }).click()
      const own = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: side }) })
      links[side] = (await own.getByText(/\/shared\/review#/).textContent())!
      await expect(page.getByRole('button', { name: `Make a link for ${side}` })).toHaveCount(0)
    }
    await page.getByRole('button', { name: 'Rank here for product' }).click()
    await page.getByRole('button', { name: 'Move Nine of ten parcels come on the promised day up' }).click()
    await page.getByRole('button', { name: 'Keep this order' }).click()
    await expect(page.getByText('1 of 3 sides have')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Where they disagree' })).toHaveCount(0)
  })

  const business = await guest(browser, links.business!)
  const engineering = await guest(browser, links.engineering!)
  await test.step('by link: no account, no navigation, no cookies; one side alone', async () => {
    await expect(business.getByText('You act for business.')).toBeVisible()
    await expect(business.getByRole('navigation')).toHaveCount(0)
    await business.getByRole('button', { name: 'Keep this order' }).click()
    await expect(business.getByText('Kept. You may change it until all have ranked.')).toBeVisible()
    expect(await business.context().cookies()).toEqual([])
    expect(await violations(business)).toEqual([])
    await engineering.getByRole('button', { name: 'Move Nobody is woken twice in a week up' }).click()
    await engineering.getByRole('button', { name: 'Keep this order' }).click()
    await expect(engineering.getByRole('heading', { name: 'Where the sides disagree' })).toBeVisible()
    await expect(engineering.getByText(/agree by W = 0\.\d+ of 1 \(n = 3 sides, 3 outcomes/)).toBeVisible()
  })

  await test.step('agreed: what rises names the work that stops', async () => {
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Where they disagree' })).toBeVisible()
    const write = page.getByRole('button', { name: 'Write down what was agreed' })
    await page.getByRole('button', { name: 'Move Nobody is woken twice in a week up' }).last().click()
    if (await write.isDisabled()) await expect(page.getByText(/nothing that stops\./)).toBeVisible()
    for (const field of await page.getByLabel(/which work stops\?/).all()) await field.fill('The second booking page')
    expect(await violations(page)).toEqual([])
    await write.click()
    await expect(page.getByText('Stops: The second booking page').first()).toBeVisible()
  })

  await test.step('signed by three sides; a second signature is told; closed, and its minutes are a decision', async () => {
    for (const [side, own] of Object.entries({ business, engineering })) {
      await own.reload()
      await own.getByRole('button', { name: `Sign for ${side}` }).click()
      await expect(own.getByText(`Signed for ${side} on`)).toBeVisible()
    }
    const late = await guest(browser, links.business!)
    await expect(late.getByRole('button', { name: 'Sign for business' })).toHaveCount(0)
    await late.context().close()
    await page.getByRole('button', { name: 'Sign for product' }).click()
    await expect(page.getByText('have signed; the review can be closed.')).toBeVisible()
    await page.getByRole('button', { name: 'Close the review' }).click()
    await page.getByRole('link', { name: 'Minutes' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Priorities after the review of/ })).toBeVisible()
    await expect(page.locator('main')).toContainText('stops: The second booking page')
  })

  await test.step('published: read by link without an account, with who signed; taken back it opens nothing', async () => {
    await open(`/vision?scope=${SCOPE}`)
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const reader = await guest(browser, (await page.getByText(/\/shared\/vision#/).textContent())!)
    await expect(reader.getByRole('heading', { level: 1, name: 'A day that is kept' })).toBeVisible()
    await expect(reader.getByText(/Business, engineering and product have signed it/)).toBeVisible()
    expect(await violations(reader)).toEqual([])
    await reader.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(reader)).toBe(0)
    const answer = await reader.request.get(`${process.env.E2E_URL}/shared/vision`)
    expect(answer.headers()['x-robots-tag']).toContain('noindex')
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect(page.getByText('The link opens nothing any more.')).toBeVisible()
    await page.getByText('1 link that ended').click()
    await expect(page.getByText(/taken back on .*, last read on/)).toBeVisible()
    await reader.reload()
    await expect(reader.getByRole('heading', { level: 1, name: 'This link opens nothing' })).toBeVisible()
    await expect(reader.getByRole('alert')).toContainText('This link was taken back on')
    await reader.context().close()
  })

  await test.step('the difference between two versions reads as words that went and came', async () => {
    for (const [from, to] of [
      ['any size', 'up to ten people'],
      ['2028', '2027'],
    ] as const) {
      await open(`/vision/edit?scope=${SCOPE}`)
      const statement = page.getByLabel('Statement')
      await statement.fill((await statement.inputValue()).replace(from, to))
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText(/Saved as version/).last()).toBeVisible()
    }
    await open(`/vision/history?scope=${SCOPE}&compare=vision:${SCOPE}/vision~1~3`)
    const compared = page.getByRole('listitem').filter({ hasText: 'statement:' }).first()
    await expect(compared.getByRole('deletion').first()).toHaveText(/2028/)
    await expect(compared.getByRole('insertion').first()).toHaveText(/2027/)
    await expect(compared).toContainText('up to ten people')
    expect(await violations(page)).toEqual([])
  })
  await business.context().close()
  await engineering.context().close()
})

test('reviews of the example company show agreement over time, and what moved since the last one', async ({ open, page }) => {
  await open('/reviews?scope=example')
  await expect(page.getByText(/The (next )?review is (overdue|due)/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Agreement over time' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'What moved' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await overflow(page)).toBe(0)
})
