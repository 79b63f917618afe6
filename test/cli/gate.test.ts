import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lines, type Server, startServer, throughline } from '../support/throughline.ts'
import { dataFolder } from '../support/store.ts'

const ROOT = join(import.meta.dirname, '../..')
const SHA = 'a'.repeat(40)
let server: Server
let folder: { folder: string; remove: () => Promise<void> }
let work: string
let token: string

const shop = (more: Record<string, unknown>) => ({ source: 'pager', subject: 'component:default/shop', ...more })
const opened = new Date(Date.now() - 3_600_000).toISOString()
const incident = shop({ kind: 'incident', id: '7', at: opened, openedAt: opened, title: 'Cards are "refused"' })

beforeAll(async () => {
  folder = await dataFolder()
  work = mkdtempSync(join(tmpdir(), 'throughline-gate-'))
  server = await startServer({ data: folder.folder })
  const told = { source: 'ci', at: opened, finishedAt: opened, commit: SHA, outcome: 'success', kind: 'deployment', id: '1' }
  await server.post(lines([incident, shop(told), shop({ ...told, subject: 'component:default/quiet' })]))
  const made = await fetch(`${server.url}/api/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'pipeline', scopes: ['gate'] }),
  })
  token = ((await made.json()) as { secret: string }).secret
})
afterAll(async () => {
  await server.stop()
  await folder.remove()
  rmSync(work, { recursive: true, force: true })
})

/** Runs a program as a pipeline would. */
function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; out: string; err: string }> {
  const path = process.env.PATH ?? ''
  const child = spawn(command, args, { cwd: work, env: { PATH: path, THROUGHLINE_URL: server.url, THROUGHLINE_TOKEN: token, ...env } })
  const said = { out: '', err: '' }
  child.stdout.on('data', (piece: Buffer) => (said.out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (said.err += piece.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })))
}
const gate = (...args: string[]) => run(join(ROOT, 'integrations/gate.sh'), args)

test('the shell script ends with 0, 1 and 2 and says why', async () => {
  const held = await gate('shop', '--commit', SHA)
  expect(held).toMatchObject({ code: 1, err: '' })
  expect(held.out).toContain('shop: hold: an incident is open: Cards are "refused", open for')
  expect(held.out).toMatch(/ {2}holds: an incident is open.*\n {6}turns green: The incident is resolved/)
  expect(await gate('shop', '--fixes', 'pager/7', '--purpose', 'fix')).toMatchObject({ code: 0 })
  expect(await gate('quiet')).toMatchObject({ code: 0, out: expect.stringContaining('quiet: go') })
  expect(await gate('nobody')).toMatchObject({ code: 2, out: expect.stringContaining('nobody declares component:default/nobody') })
})

test('what cannot be asked is neither go nor hold', async () => {
  expect(await gate()).toMatchObject({ code: 2, err: expect.stringContaining('say which component') })
  expect(await gate('shop"; rm -rf .')).toMatchObject({ code: 2, err: expect.stringContaining('character') })
  expect(await gate('shop', '--commit', 'main')).toMatchObject({ code: 2 })
  const script = join(ROOT, 'integrations/gate.sh')
  expect(await run(script, ['shop'], { THROUGHLINE_TOKEN: 'tl_wrong' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('wants to know who you are'),
  })
  expect(await run(script, ['shop'], { THROUGHLINE_URL: 'http://127.0.0.1:9' })).toMatchObject({
    code: 2,
    err: expect.stringContaining('no Throughline answers'),
  })
})

interface Action {
  inputs: Record<string, { default?: string }>
  runs: { steps: { run: string; env: Record<string, string> }[] }
}

test('the GitHub Action fails when the gate holds and hands on the verdict', async () => {
  const { runs } = parse(readFileSync(join(ROOT, 'integrations/github/action.yml'), 'utf8')) as Action
  const [step] = runs.steps
  expect(step!.run).not.toContain('${{') // nothing of a caller becomes part of the script
  const given: Record<string, string> = {
    url: server.url,
    token,
    component: 'shop',
    environment: 'production',
    commit: SHA,
    fixes: '',
    purpose: '',
  }
  const env = Object.fromEntries(Object.entries(step!.env).map(([name, value]) => [name, given[/inputs\.(\w+)/.exec(value)![1]!]!]))
  const files = {
    GITHUB_OUTPUT: join(work, 'output'),
    GITHUB_STEP_SUMMARY: join(work, 'summary'),
    GITHUB_ACTION_PATH: join(ROOT, 'integrations/github'),
  }
  writeFileSync(join(work, 'step.sh'), step!.run)
  const bash = (more: Record<string, string>) =>
    run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(work, 'step.sh')], { ...env, ...files, ...more })
  expect(await bash({})).toMatchObject({ code: 1, out: expect.stringContaining('shop: hold') })
  expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toMatch(/^verdict=hold\nanswer=\{"verdict":"hold".*\}\n$/)
  expect(readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8')).toContain('turns green')
  expect(await bash({ COMPONENT: 'quiet' })).toMatchObject({ code: 0 })
  expect(await bash({ COMPONENT: 'nobody' })).toMatchObject({ code: 2 })
})

test('the GitLab job and the line of the README do the same', async () => {
  const template = parse(readFileSync(join(ROOT, 'integrations/gitlab/throughline-gate.yml'), 'utf8')) as Record<
    string,
    { script: string[]; variables: Record<string, string> }
  >
  const { script, variables } = template['.throughline-gate']!
  const job = (component: string) =>
    run('sh', ['-e', '-c', script.join('\n')], { ...variables, CI_COMMIT_SHA: SHA, THROUGHLINE_COMPONENT: component })
  expect(await job('shop')).toMatchObject({ code: 1, out: expect.stringContaining('Cards are') })
  expect(await job('quiet')).toMatchObject({ code: 0 })
  expect(await job('nobody')).toMatchObject({ code: 2 })
  const line = /```sh\n(.*)\n```/.exec(readFileSync(join(ROOT, 'integrations/README.md'), 'utf8'))![1]!
  expect(await run('sh', ['-c', line.replace('"checkout"', '"quiet"')])).toMatchObject({ code: 0 })
  expect(await run('sh', ['-c', line.replace('"checkout"', '"shop"')])).toMatchObject({ code: 1 })
})

test('the command says the same, and its JSON is the answer as it is kept', async () => {
  const env = { THROUGHLINE_URL: server.url, THROUGHLINE_TOKEN: token }
  const held = await throughline(['gate', 'shop', '--json'], { data: folder.folder, env })
  expect(held.code).toBe(1)
  const answer = JSON.parse(held.out) as { asOf: string; verdict: string }
  const again = await throughline(['gate', 'shop', '--json', '--as-of', answer.asOf], { data: folder.folder, env })
  expect(again).toMatchObject({ code: 1, out: held.out })
  const unknown = await throughline(['gate', 'nobody'], { data: folder.folder, env })
  expect(unknown).toMatchObject({
    code: 2,
    out: expect.stringContaining('could not be judged  nobody: nobody declares component:default/nobody'),
  })
  const named = await throughline(['gate', 'nobody', '--scope', 'elsewhere'], { data: folder.folder, env })
  expect(named).toMatchObject({ code: 2, out: expect.stringContaining('nobody declares component:elsewhere/nobody') })
})
