import { expect, send, test } from './app.ts'

test('the story goes from work to outcomes, and each part opens what it rests on', async ({ open, page }) => {
  await open('/story?scope=example')
  await expect(page.locator('main details').first()).toContainText('of 7 outcomes')
  await expect(page.getByRole('heading', { name: 'What we learned' })).toBeVisible()
  await page.getByRole('link', { name: 'Half a year' }).click()
  await expect(page.locator('main details').first()).toContainText('182 days')
  await page.getByRole('region', { name: 'Book a parcel without waiting' }).getByRole('link', { name: 'Book a parcel' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Book a parcel without waiting')
})

test('printed, the story of seven outcomes is one page', async ({ open, page }) => {
  await open('/story?scope=example')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  const pdf = (await page.pdf({ format: 'A4', margin: { top: '12mm', bottom: '12mm', left: '14mm', right: '14mm' } })).toString('latin1')
  expect(pdf.match(/\/Type \/Page\b/g)!.length).toBe(1)
})

test('a past story says what became known since', async ({ open, page }) => {
  const then = new Date().toISOString()
  const path = `/story?scope=late&asOf=${then}`
  await open(path)
  await expect(page.getByText('Told again today it would say the same; no record of that time was learned since')).toBeVisible()
  const at = new Date(Date.parse(then) - 3_600_000).toISOString()
  const sha = 'c'.repeat(40)
  await send(page, [
    {
      kind: 'commit',
      source: 'git',
      id: sha,
      subject: 'repository:late/shop',
      at,
      sha,
      author: 'u1@example.org',
      authoredAt: at,
      committedAt: at,
      parents: [],
      message: 'Late',
    },
  ])
  await open(path)
  await page.getByText('1 record of that time was learned since').click()
  await expect(page.getByText('commit from git: 1 new')).toBeVisible()
})
