import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { gzipSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import type { Sender } from './sender.ts'

/** Every system that pushes, over a real socket on a real store: what is genuine is kept, nothing else is. */
const ground = groundOn(await testStore(), Date.now, Buffer.alloc(32, 1))
const pushing = ground.intake.sources().flatMap(({ kind, push }) => (push ? [{ kind, push }] : []))

let server: ReturnType<typeof serve>
let base: string

beforeAll(async () => {
  const app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  base = await new Promise((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => ready(`http://127.0.0.1:${port}`))
  })
})
afterAll(async () => {
  await new Promise((done) => server.close(done))
  await ground.store.close()
})

interface Answer {
  status: number
  body: Record<string, unknown>
}
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${base}${path}`, init)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

/** All that is kept: records by kind and source, and refused lines. */
async function kept(): Promise<unknown> {
  const { kinds } = (await ask('/api/evidence')).body as { kinds: { kind: string; source: string; records: number }[] }
  const { rejects } = await ground.intake.rejects({ limit: 1_000 })
  return { records: kinds.map(({ kind, source, records }) => ({ kind, source, records })), rejects: rejects.map(({ id }) => id) }
}

class Connected {
  readonly #sender: Sender
  readonly id: string
  readonly path: string
  readonly secrets: Record<string, string>

  constructor(sender: Sender, made: { id: string; path: string; secrets: Record<string, string> }) {
    this.#sender = sender
    this.id = made.id
    this.path = made.path
    this.secrets = { ...sender.secrets, ...made.secrets }
  }

  body(n: number): Buffer<ArrayBuffer> {
    return Buffer.from(JSON.stringify(this.#sender.payload(n)))
  }

  headers(body: Buffer, n: number, secrets = this.secrets): Record<string, string> {
    return { 'content-type': 'application/json', ...this.#sender.headers(body, secrets, n) }
  }

  forged(body: Buffer, n: number): Record<string, string> {
    return this.headers(body, n, Object.fromEntries(Object.keys(this.secrets).map((name) => [name, 'guessed'])))
  }

  /** The headers that prove nothing. */
  unsigned(body: Buffer, n: number): Record<string, string> {
    const forged = this.forged(body, n)
    return Object.fromEntries(Object.entries(this.headers(body, n)).filter(([name, value]) => forged[name] === value))
  }

  /** Whether anything but the address says who sends. */
  get isSigned(): boolean {
    const body = this.body(1)
    return !isDeepStrictEqual(this.headers(body, 1), this.forged(body, 1))
  }

  send(body: Buffer<ArrayBuffer>, headers: Record<string, string>, path = this.path): Promise<Answer> {
    return ask(`${path}${this.#sender.path ?? ''}`, { method: 'POST', body, headers })
  }
}

describe.each(pushing)('$kind', ({ kind, push: { acknowledgesRepeats = false, moves = [] } }) => {
  const file = new URL(`${kind}.ts`, import.meta.url)
  let sender: Sender
  let to: Connected

  beforeAll(async () => {
    if (!existsSync(file)) throw new Error(`${kind} pushes, but nobody plays it: write test/conformance/sources/${kind}.ts.`)
    sender = ((await import(file.href)) as { default: Sender }).default
    expect(sender.source).toBe(kind)
    const { source, settings = {}, secrets = {} } = sender
    const made = await ask('/api/connections', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source, settings, secrets }),
    })
    expect(made).toMatchObject({ status: 200 })
    to = new Connected(sender, made.body as never)
  })

  test('what is genuine is kept and can be read', async () => {
    const body = to.body(1)
    const answer = await to.send(body, to.headers(body, 1))
    expect(answer).toMatchObject({ status: 200, body: { rejected: 0, problems: [] } })
    expect(answer.body.accepted).toBeGreaterThan(0)
    const { lastEvent } = (await ask(`/api/connections/${to.id}`)).body as { lastEvent: { records: { kind: string; id: string }[] } }
    const told = lastEvent.records.find((record) => record.kind === sender.expects.kind)
    expect(lastEvent.records).toContainEqual(expect.objectContaining({ kind: sender.expects.kind }))
    expect(await ask(`/api/records/${encodeURIComponent(told!.id)}`)).toMatchObject({ status: 200, body: { id: told!.id } })
  })

  test('what may move stands with the subject it was told of last', async () => {
    expect(sender.moved !== undefined, `${kind} says what moves, or its player does: both have to`).toBe(moves.length > 0)
    if (!sender.moved) return
    const told = async (payload: object) => {
      const body = Buffer.from(JSON.stringify(payload))
      const { status } = await to.send(body, to.headers(body, 50))
      expect(status).toBe(200)
      const { lastEvent } = (await ask(`/api/connections/${to.id}`)).body as { lastEvent: { records: { id: string; subject: string }[] } }
      return lastEvent.records[0]!
    }
    const before = await told(sender.payload(50))
    const { id, subject } = await told(sender.moved(50))
    expect(subject).not.toBe(before.subject)
    const { revisions } = (await ask(`/api/records/${encodeURIComponent(id)}`)).body as {
      revisions: { subject: string; learnedTo: string | null; retracted: boolean }[]
    }
    const standing = revisions.filter(({ learnedTo, retracted }) => learnedTo === null && !retracted)
    expect(standing).toEqual([expect.objectContaining({ subject })])
  })

  test('what is forged or unsigned is turned away, and nothing is kept', async () => {
    const before = await kept()
    const body = to.body(2)
    const nearly = to.path.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await to.send(body, to.headers(body, 2), nearly)).toMatchObject({ status: 404, body: { code: 'hook.unknown' } })
    if (to.isSigned) {
      expect(await to.send(body, to.forged(body, 2))).toMatchObject({ status: 401 })
      expect(await to.send(body, to.unsigned(body, 2))).toMatchObject({ status: 401 })
    }
    expect(await kept()).toEqual(before)
  })

  test('what comes again is recognised, and nothing is doubled', async () => {
    const body = to.body(3)
    expect(await to.send(body, to.headers(body, 3))).toMatchObject({ status: 200, body: { rejected: 0 } })
    const before = await kept()
    const again = await to.send(body, to.headers(body, 3))
    expect(again).toMatchObject(
      acknowledgesRepeats
        ? { status: 200, body: { accepted: 0, revised: 0, rejected: 0, ignored: 'This delivery was taken before.' } }
        : { status: 409, body: { code: 'hook.replayed' } },
    )
    expect(await kept()).toEqual(before)
  })

  test('what is too large or packed to fill the memory is turned away unread', async () => {
    const before = await kept()
    const large = Buffer.alloc(27 * 1024 * 1024, 'x')
    expect(await to.send(large, to.headers(large, 4))).toMatchObject({ status: 413, body: { code: 'hook.too_large' } })
    const bomb = Buffer.from(gzipSync(Buffer.alloc(80 * 1024 * 1024)))
    expect(await to.send(bomb, { ...to.headers(bomb, 4), 'content-encoding': 'gzip' })).toMatchObject({
      status: 413,
      body: { code: 'hook.too_large' },
    })
    expect(await kept()).toEqual(before)
  })

  test('what is no JSON is turned away with the reason', async () => {
    const before = await kept()
    for (const text of ['', '{"half":', 'a=1&b=2', '{"latin": "\u00e9"}']) {
      const body = Buffer.from(text, 'latin1')
      const { status, body: problem } = await to.send(body, to.headers(body, 5))
      expect([400, 401], text).toContain(status)
      expect(problem).toMatchObject({ code: expect.any(String), detail: expect.any(String), fix: expect.any(String) })
    }
    expect(await kept()).toEqual(before)
  })

  test('what is JSON but nothing this system sends makes no record and no fault', async () => {
    for (const text of ['null', '7', '"text"', '[]', '{}', '{"__proto__": {"a": 1}}', `${'['.repeat(50_000)}${']'.repeat(50_000)}`]) {
      const body = Buffer.from(text)
      const { status, body: answer } = await to.send(body, to.headers(body, 6))
      expect(status, text.slice(0, 40)).toBeLessThan(500)
      if (status === 200) expect(answer, text.slice(0, 40)).toMatchObject({ accepted: 0, revised: 0 })
    }
  })

  test('after all that the server is up and takes the next one', async () => {
    expect((await fetch(`${base}/healthz`)).status).toBe(200)
    const body = to.body(7)
    expect(await to.send(body, to.headers(body, 7))).toMatchObject({ status: 200, body: { rejected: 0 } })
  })
})
