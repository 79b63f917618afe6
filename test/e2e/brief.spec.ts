import { expect, test } from './app.ts'

test('one truth at three lengths: each audience has its own address, engineers read the most', async ({ open, page }) => {
  await open('/brief?scope=example')
  const sentences = () => page.locator('main details').count()
  await expect.poll(sentences).toBeGreaterThan(0)
  const executive = await sentences()
  await page.getByRole('link', { name: 'Engineering' }).click()
  await expect(page).toHaveURL(/audience=engineering/)
  await expect.poll(sentences).toBeGreaterThan(executive)
})

test('every sentence opens to its grounds by keyboard', async ({ open, page }) => {
  await open('/brief?scope=example')
  const sentences = page.locator('main details')
  await expect(sentences.first()).toBeVisible()
  for (const sentence of await sentences.all()) {
    await sentence.locator('summary').press('Enter')
    await expect(sentence.getByRole('listitem')).not.toHaveCount(0)
  }
})

test('the brief is copied as Markdown', async ({ open, page }) => {
  await open('/brief?scope=example')
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Copied as Markdown')).toBeVisible()
  const text = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(text).toMatch(/^#/m)
  expect(text).toContain('outcomes')
})

test('printed, the brief is the brief alone', async ({ open, page }) => {
  await open('/brief?scope=example')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.locator('main details').first()).toBeVisible()
})
