import { expect, overflow, test, violations } from './app.ts'

/** Every page with the example company behind it. */
const PAGES = {
  Monday: '/?scope=example',
  Brief: '/brief?scope=example',
  Story: '/story?scope=example',
  Vision: '/vision?scope=example',
  'Versions of the vision': '/vision/history?scope=example',
  'an outcome': '/vision/outcomes/example/faster-booking',
  'a principle': '/vision/principles/example/small-reversible-changes',
  'the form of an outcome': '/vision/outcomes/example/faster-booking/edit',
  'the form of a new principle': '/vision/principles/new?scope=example',
  'the form of the vision': '/vision/edit?scope=example',
  'the map': '/throughline?scope=example&view=map',
  'the outline': '/throughline?scope=example&view=outline',
  'the map of drivers': '/measures/drivers?scope=example&view=map',
  'the outline of drivers': '/measures/drivers?scope=example&view=outline',
  Delivery: '/delivery?scope=example',
  'May we ship': '/reliability?scope=example',
  'a promise': '/reliability/slos/example/payments-accepted',
  Cost: '/cost?scope=example',
  'Cost by component': '/cost?scope=example&by=component',
  Business: '/business?scope=example',
  'Business without events': '/business',
  Work: '/work?scope=example&part=unlinked',
  Measures: '/measures?scope=example',
  'a measure': '/measures/delivery.change_lead_time?scope=example',
  Catalogue: '/catalogue?scope=example',
  'a component': '/catalogue/component/example/checkout',
  Decisions: '/decisions?scope=example',
  'a decision': '/decisions/example/0010-deploy-every-day',
  'the form of a new decision': '/decisions/new?scope=example',
  Forecasts: '/forecasts?scope=example',
  Evidence: '/evidence?scope=example',
  'suggested links': '/evidence?scope=example&tab=suggestions',
  imports: '/evidence?scope=example&tab=imports',
  access: '/evidence?tab=access',
  people: '/evidence?tab=people',
  retention: '/evidence?tab=retention',
  'sign-in': '/sign-in',
  'an address that leads nowhere': '/nowhere/at/all',
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name} can be read by everybody, in light and in dark, and fits a phone without sideways scrolling`, async ({ open, page }) => {
    await open(path)
    await expect(page.locator('main h1')).toHaveCount(1)
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark')
    // The other scheme changes colours and nothing else.
    expect(await violations(page, ['color-contrast'])).toEqual([])
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await overflow(page), `at ${width} px`).toBe(0)
    }
  })
}
