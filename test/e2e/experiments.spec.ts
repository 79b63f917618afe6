import { expect, overflow, send, test, violations } from './app.ts'

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
  await open('/experiments/trial/shorter-form?scope=trial')
  await expect(page.getByText(/As expected: 6 lower than in the control/)).toBeVisible()
  await expect(page.getByText('Supported', { exact: true })).toBeVisible()
  await expect(page.getByText(/Beware: written down after it began, so this explores and does not test/)).toBeVisible()
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('row').last()).toContainText('300')
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Keep the result' }).click()
  await page.getByRole('textbox').fill('Fewer fields it is.')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText(/Kept for .*Fewer fields it is\. The records say the same/)).toBeVisible()
})

test('experiments are listed with how they stand, also where nothing or far too much is said', async ({ open, page }) => {
  const written = await page.request.put(`${process.env.E2E_URL}/api/entities`, {
    data: {
      apiVersion: 'throughline.dev/v1',
      kind: 'Experiment',
      metadata: { name: 'long', namespace: 'wordy', title: 'Anunbreakabletitle'.repeat(12) },
      spec: {
        hypothesis: 'Veryfarfetched'.repeat(120),
        measure: 'nobody.sends_this',
        expect: 'higher',
        arms: { control: {}, treatment: {} },
        start: '2026-01-01',
        stop: { effect: '3d', end: '2026-02-01' },
      },
    },
  })
  expect(written.ok(), await written.text()).toBe(true)
  await page.setViewportSize({ width: 390, height: 800 })
  await open('/experiments?scope=wordy')
  await expect(page.getByText('1 experiment: 1 unknown.')).toBeVisible()
  expect(await overflow(page)).toBe(0)
  await page.getByRole('link', { name: /Anunbreakable/ }).click()
  await expect(page.getByText(/Cannot be judged/)).toBeVisible()
  expect(await overflow(page)).toBe(0)

  await open('/experiments?scope=empty')
  await expect(page.getByText('The document to begin with')).toBeVisible()
  expect(await violations(page)).toEqual([])

  await page.setViewportSize({ width: 1280, height: 800 })
  await open('/experiments?scope=example')
  await expect(page.getByText(/3 experiments: 1 running, 1 decided, 1 planned/)).toBeVisible()
  await page.getByRole('button', { name: /^running/ }).click()
  await expect(page.getByRole('link', { name: 'Book on one page' })).toHaveCount(0)
  await page.getByRole('link', { name: 'A map beside the parcel' }).click()
  await expect(page.getByText(/The rule does not allow to stop/)).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('an experiment is written in a form before it begins, with its guardrail and its rule, and can be changed there', async ({
  open,
  page,
}) => {
  await open('/experiments?scope=formed')
  await page.getByRole('link', { name: 'New experiment' }).click()
  await expect(page.getByRole('heading', { name: 'New experiment' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Title').fill('Book on one page')
  await page.getByLabel('Hypothesis').fill('Booking on one page takes less time than on three.')
  await page.getByRole('combobox', { name: 'Measure', exact: true }).fill('formed.seconds')
  await page.getByRole('textbox', { name: /^Control: records with/ }).fill('page = three')
  await page.getByRole('textbox', { name: /^Treatment: records with/ }).fill('page = one')
  await page.getByLabel('Begins').fill('2030-05-31')
  await page.getByLabel('Ends').fill('2030-05-01')
  await page.getByRole('textbox', { name: /^Smallest effect worth finding/ }).fill('3')
  await page.getByRole('button', { name: 'Add a guardrail' }).click()
  await page.getByRole('group', { name: 'Guardrails' }).getByLabel('Measure').fill('formed.errors')
  await page.getByRole('group', { name: 'Guardrails' }).getByLabel('Value').fill('2%')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The experiment ends before it starts').first()).toBeVisible()

  await page.getByLabel('Begins').fill('2030-04-01')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Book on one page' })).toBeVisible()
  await expect(page.getByText('Planned', { exact: true })).toBeVisible()
  await expect(page.getByText('page = three')).toBeVisible()
  await expect(page.getByText(/at most 2.%/)).toBeVisible()

  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: /^Values before a look counts/ }).fill('200')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('200 values in each arm on')).toBeVisible()
  await expect(page.getByText(/, before it began/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 800 })
  await open('/experiments/formed/book-on-one-page/edit?scope=formed')
  expect(await overflow(page)).toBe(0)
})
