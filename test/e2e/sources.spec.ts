import { createHmac } from 'node:crypto'
import { githubDialect } from '../support/remote/github.ts'
import { githubRepository } from '../support/remote/github-repository.ts'
import { remoteServer } from '../support/remote/server.ts'
import { expect, overflow, test, violations } from './app.ts'

const issue = {
  action: 'opened',
  issue: { number: 7, title: 'Labels print slowly', state: 'open', created_at: '2026-05-01T10:00:00Z', updated_at: '2026-05-01T10:00:00Z' },
  repository: { name: 'labels', full_name: 'acme/labels' },
}

test('a system is connected in one go: made, copied, waited for, and the first event shown as it was read', async ({ open, page }) => {
  await open('/sources')
  await page.getByRole('link', { name: 'Connect GitHub' }).click()
  await page.getByLabel('Name').fill('Labels')
  await page.getByRole('button', { name: 'Make the address' }).click()
  const codes = page.locator('ol code')
  await expect(codes).toHaveCount(2)
  const [address, secret] = await codes.allInnerTexts()
  await expect(page.getByText('Waiting for the first event')).toBeVisible()
  expect(await violations(page)).toEqual([])

  const body = Buffer.from(JSON.stringify(issue))
  const send = (key: string) =>
    page.request.post(address!, {
      data: body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'issues',
        'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
      },
    })
  expect((await send('guessed')).status()).toBe(401)
  await expect(page.getByText(/Something came and was turned away/)).toBeVisible()
  expect((await send(secret!)).status()).toBe(200)
  await expect(page.getByText('Read as 1 record.')).toBeVisible()
  await page.getByRole('link', { name: 'Labels print slowly' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Labels print slowly' })).toBeVisible()
})

test('a secret that the other side makes later is given where the steps are, and what is signed with it is taken', async ({
  open,
  page,
}) => {
  await open('/sources')
  await page.getByRole('link', { name: 'Connect PagerDuty' }).click()
  await page.getByRole('button', { name: 'Make the address' }).click()
  const address = await page.locator('ol code').innerText()
  const data = {
    event: {
      event_type: 'incident.triggered',
      occurred_at: '2026-05-01T10:00:05Z',
      data: {
        id: 'PINC7',
        type: 'incident',
        title: 'Labels do not print',
        created_at: '2026-05-01T10:00:00Z',
        service: { summary: 'Labels' },
      },
    },
  }
  const body = Buffer.from(JSON.stringify(data))
  const signature = `v1=${createHmac('sha256', 'made-there').update(body).digest('hex')}`
  const send = () =>
    page.request.post(address, { data: body, headers: { 'content-type': 'application/json', 'x-pagerduty-signature': signature } })
  expect((await send()).status()).toBe(401)
  await page.getByLabel('signing secret').fill('made-there')
  await page.getByRole('button', { name: 'Keep it' }).click()
  await expect(page.getByText('Kept sealed. What comes now is checked with it.')).toBeVisible()
  expect(await violations(page)).toEqual([])
  expect((await send()).status()).toBe(200)
  await expect(page.getByText('Read as 1 record.')).toBeVisible()
})

test('the settings of a connection are changed later: filled in as they are, tested, and taken back', async ({ open, page }) => {
  const remote = await remoteServer(githubDialect([], 'word'))
  await open('/sources')
  const api = new URL('/api/connections', page.url()).href
  const made = await page.request.post(api, {
    data: {
      source: 'github',
      name: 'To change',
      settings: { repositories: 'acme/one', apiAddress: remote.base },
      secrets: { token: 'word' },
    },
  })
  const { id } = (await made.json()) as { id: string }
  await open(`/sources/${id}`)
  await page.getByRole('button', { name: 'Edit settings' }).click()
  await expect(page.getByLabel('Repositories to read back')).toHaveValue('acme/one')
  await expect(page.getByLabel(/^Access token/)).toHaveValue('')
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Repositories to read back').fill('not a repository')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/Write owner\/name/)).toBeVisible()
  await page.getByLabel('Repositories to read back').fill('acme/one; acme/two')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('list', { name: 'What the test found' })).toBeVisible()
  await expect(page.getByRole('definition').filter({ hasText: 'acme/one; acme/two' })).toBeVisible()
  const read = async () => (await (await page.request.get(`${api}/${id}`)).json()) as { settings: object; lists: { stream: string }[] }
  expect((await read()).lists.filter(({ stream }) => stream.startsWith('acme/two '))).toHaveLength(5)
  await page.getByRole('button', { name: 'Edit settings' }).click()
  await page.getByLabel('Repositories to read back').fill('acme/two')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('definition').filter({ hasText: /^acme\/two$/ })).toBeVisible()
  expect((await read()).lists.map(({ stream }) => stream.split(' ')[0])).not.toContain('acme/one')
  await remote.close()
})

test('a text to copy into a file is copied whole, with its lines and the address in it', async ({ open, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open('/sources/connect?source=argocd')
  await page.getByRole('button', { name: 'Make the address' }).click()
  await page.getByRole('button', { name: /the text/ }).click()
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied).toMatch(/^service\.webhook\.throughline: \|\n  url: http:\/\/\S+\/hooks\/\S+\n  headers:\n/)
  expect(copied).toMatch(/\n {4}triggers: \[throughline\]$/)
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('a connection says how it is doing by day, and can be paused and resumed', async ({ open, page }) => {
  await open('/sources')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await overflow(page)).toBe(0)
  await page.getByRole('link', { name: 'Labels', exact: true }).first().click()
  await expect(page.getByRole('table', { name: 'days' })).toBeVisible()
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('Deliveries are turned away until it is resumed.')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByText('Deliveries come as usual.')).toBeVisible()
})

test('an address that got out is made anew, and a connection is removed after a question', async ({ open, page }) => {
  await open('/sources')
  const made = await page.request.post(new URL('/api/connections', page.url()).href, { data: { source: 'opsgenie', name: 'To remove' } })
  const { id, path } = (await made.json()) as { id: string; path: string }
  await open(`/sources/${id}`)
  await page.getByRole('button', { name: 'Make a new address' }).click()
  await page.getByRole('button', { name: 'Make new ones' }).click()
  const codes = page.locator('ol code')
  await expect(codes).toHaveCount(2)
  expect(await codes.first().innerText()).not.toContain(path)
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('What it brought stays')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText('To remove is removed.')).toBeVisible()
  await expect(page.getByRole('table', { name: 'connections' }).getByRole('link', { name: 'To remove' })).toHaveCount(0)
})

test('the past of a repository is tested, read while one looks on, paused, resumed and read again', async ({ open, page }) => {
  const amounts = { pulls: 45, deployments: 6, releases: 3, runs: 6, issues: 12 }
  const repository = { ...githubRepository('acme/parcels', Date.now(), amounts), absent: { deployments: 403 as const } }
  const remote = await remoteServer(githubDialect([repository], 'word'))
  await open('/sources/connect?source=github')
  await page.getByLabel('Name').fill('Parcels')
  await page.getByLabel(/^Repositories to read back/).fill('acme/parcels')
  await page.getByLabel(/^Address of the API/).fill(remote.base)
  await page.getByLabel(/^Access token/).fill('word')
  await page.getByRole('button', { name: 'Make the address' }).click()
  await expect(page.getByRole('heading', { name: '4. The past' })).toBeVisible()
  await expect(page.getByText(/4 of 5 lists, .* 1 stopped/)).toBeVisible()
  await page.getByRole('button', { name: 'Test connection' }).click()
  await expect(page.getByText('Give it the permission "Deployments: read".')).toBeVisible()
  expect(await violations(page)).toEqual([])

  await open('/sources')
  await page.getByRole('link', { name: 'Parcels', exact: true }).click()
  const lists = page.getByRole('table', { name: 'lists that are read' })
  await expect(lists.getByRole('row', { name: /acme\/parcels pulls/ })).toContainText('read')
  await expect(lists.getByRole('row', { name: /acme\/parcels deployments/ })).toContainText('Give the token the permission')
  await page.setViewportSize({ width: 390, height: 844 })
  expect((await lists.getByText('stopped').boundingBox())!.height).toBeLessThan(40)
  expect(await overflow(page)).toBe(0)
  expect(await violations(page)).toEqual([])
  repository.absent = {} as never
  await page.getByRole('button', { name: 'Resume reading' }).click()
  await expect(page.getByText(/Read: 5 of 5 lists/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop reading' }).click()
  await expect(page.getByText('Nothing of the past is read.')).toBeVisible()
  await remote.close()
})
