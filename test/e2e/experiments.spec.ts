import { expect, send, test, violations } from './app.ts'

test('an experiment says how it stands, with both arms, a test valid at every look, and what to beware of', async ({ open, page }) => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, {
    data: {
      apiVersion: 'throughline.dev/v1',
      kind: 'Experiment',
      metadata: { name: 'shorter-form', namespace: 'trial', title: 'A shorter form' },
      spec: {
        hypothesis: 'With fewer fields a booking takes less time.',
        measure: 'trial.seconds',
        expect: 'lower',
        arms: { control: { where: { form: 'long' } }, treatment: { where: { form: 'short' } } },
        start: day(20),
        stop: { effect: 3, end: day(-10), least: 20 },
      },
    },
  })
  expect(written.ok(), await written.text()).toBe(true)
  await send(
    page,
    ['long', 'short'].flatMap((form) =>
      Array.from({ length: 150 }, (_, n) => ({
        kind: 'measurement',
        source: 'trial',
        id: `${form}-${n}`,
        subject: 'component:trial/form',
        at: day(19 - (n % 15)),
        measure: 'trial.seconds',
        value: (form === 'long' ? 60 : 54) + ((n * 7) % 13) - 6,
        dimensions: { form },
      })),
    ),
  )
  await open('/catalogue/experiment/trial/shorter-form?scope=trial')
  await expect(page.getByText(/As expected: 6 lower than in the control/)).toBeVisible()
  await expect(page.getByText('Supported', { exact: true })).toBeVisible()
  await expect(page.getByText(/Beware: written down after it began, so this explores and does not test/)).toBeVisible()
  expect(await violations(page)).toEqual([])
})
