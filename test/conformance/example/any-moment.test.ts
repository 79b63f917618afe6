import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadExample } from '../../../src/doors/example.ts'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { DoorEnv } from '../../../src/doors/http/caller.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00Z')
/** The first and the last that can be written, and what lies just before the first where it is looked back from. */
const MOMENTS = ['0001-01-01', '0001-01-20T00:00:00+01:00', '0099-12-31', '1970-01-01', '2026-11-22T08:00:00Z', '9999-12-31T23:59:59.999Z']
/** What operations cannot be asked without. */
const REQUIRED: Record<string, string> = {
  ref: 'outcome:example/book-in-a-minute',
  subject: 'namespace:example',
  measure: 'delivery.change_lead_time',
  id: 'delivery.deployment_frequency',
  scope: 'example',
  namespace: 'example',
  audience: 'executive',
}

let ground: Ground
let app: Hono<DoorEnv>
const broken: string[] = []

beforeAll(async () => {
  ground = groundOn(await testStore(), () => NOW, Buffer.alloc(32, 1))
  await loadExample(ground, { events: 2_000 })
  app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
    onError: (error) => broken.push(String(error)),
  })
}, 300_000)
afterAll(() => ground.store.close())

interface Described {
  parameters?: { name: string; in: string; required?: boolean; schema: { description?: string; format?: string } }[]
}

test('whatever moment is asked for, an operation answers or says what to ask instead', { timeout: 600_000 }, async () => {
  const { paths } = (await (await app.request('http://localhost/openapi.json')).json()) as { paths: Record<string, { get?: Described }> }
  const failed: string[] = []
  let answered = 0
  for (const [path, { get }] of Object.entries(paths)) {
    const parameters = get?.parameters ?? []
    const moments = parameters.filter(({ name }) => ['at', 'asOf', 'from', 'to', 'since', 'until'].includes(name))
    for (const moment of moments.length > 0 ? MOMENTS : []) {
      for (const which of [...moments.map(({ name }) => [name]), moments.map(({ name }) => name)]) {
        const query = new URLSearchParams()
        let place = path
        for (const { name, in: where, required } of parameters) {
          const value = which.includes(name) ? moment : required ? (REQUIRED[name] ?? 'x') : undefined
          if (where === 'path') place = place.replace(`{${name}}`, encodeURIComponent(value ?? 'x'))
          else if (value !== undefined) query.set(name, value)
        }
        const { status } = await app.request(`http://localhost${place}?${query}`)
        if (status >= 500) failed.push(`${place}?${query}: ${broken.splice(0).join('; ')}`)
        if (status === 200) answered += 1
      }
    }
  }
  expect(failed).toEqual([])
  expect(answered).toBeGreaterThan(300)
})
