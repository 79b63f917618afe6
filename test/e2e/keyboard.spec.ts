import { expect, test } from './app.ts'

test('the first Tab offers to skip to the page', async ({ open, page }) => {
  await open('/decisions?scope=example')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test('g and a letter goes to a page, and the heading there has the focus', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('g')
  await page.keyboard.press('v')
  await expect(page).toHaveURL(/\/vision\?scope=example/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('letters typed into a field stay letters', async ({ open, page }) => {
  await open('/decisions?scope=example')
  await page.getByRole('searchbox', { name: 'Filter decisions' }).fill('')
  await page.keyboard.type('gv/?')
  await expect(page.getByRole('searchbox', { name: 'Filter decisions' })).toHaveValue('gv/?')
  await expect(page).toHaveURL(/\/decisions/)
})

test('/ searches everything: arrows choose, Enter opens', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('/')
  await page.keyboard.type('checkout')
  const list = page.getByRole('listbox', { name: 'Found' })
  await expect(list.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(list.getByRole('option', { selected: true })).toHaveCount(1)
  await page.keyboard.press('ArrowUp')
  const first = await list.getByRole('option', { selected: true }).locator('span').first().innerText()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: first })).toBeVisible()
})

test('? opens the help, Escape closes it and gives the focus back', async ({ open, page }) => {
  await open('/?scope=example')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText('search everything')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('on a phone the pages fold behind a menu button', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/?scope=example')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden()
  await page.getByRole('button', { name: 'Open the menu' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Decisions' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Decisions' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden()
})

test('the colours follow the system until the reader chooses, and the choice is kept', async ({ open, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open('/?scope=example')
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark')
  await page.getByRole('button', { name: /^Colours:/ }).click()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light')
})
