import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Refusal } from '../../../../ground/core/index.ts'
import type { PostAnswer } from '../../../../ground/intake/index.ts'
import type { AlertsNotice, ChangesNotice, NoticeAlert } from '../notice.ts'
import type { Letter, SendContext } from './letter.ts'
import { send } from './index.ts'
import { slackMessage } from './slack.ts'

const alert: NoticeAlert = {
  id: 7,
  event: 'firing',
  slo: 'slo:default/orders',
  title: 'Orders <arrive> & stay',
  objective: 'objective-1',
  target: 0.999,
  severity: 'page',
  rule: 'page',
  since: '2026-06-01T12:00:00Z',
  firedAt: '2026-06-01T12:00:00Z',
  endedAt: null,
  endedBy: null,
  seen: {
    op: 'gt',
    threshold: 14.4,
    windows: [
      { seconds: 3_600, burn: 20, events: 1_204 },
      { seconds: 300, burn: 31.4, events: 90 },
    ],
  },
  periodMs: 30 * 86_400_000,
  runbook: 'https://runbooks.example.org/orders',
  left: 0.065,
}
const notice = (alerts: NoticeAlert[]): AlertsNotice => ({
  type: 'slo.alerts',
  at: '2026-06-01T12:00:00Z',
  service: 'component:default/basket',
  alerts,
})
const letter = (address: string): Letter => ({ id: 'c0ffee', notice: notice([alert]), address, secret: 'whsec_AAAA' })

let posted: { url: string; body: string }[]
let answer: () => Promise<PostAnswer>
const context = {
  clock: () => Date.parse('2026-06-01T12:00:00Z'),
  intake: {
    post: ({ url, body }: { url: string; body: string }) => {
      posted.push({ url, body })
      return answer()
    },
  },
} as unknown as SendContext

beforeEach(() => {
  posted = []
  answer = () => Promise.resolve({ status: 200, text: 'ok' })
})

test('a message for Slack says what burns, marks nobody and breaks out of nothing', () => {
  const { text, blocks } = slackMessage(notice([alert, { ...alert, event: 'resolved', endedBy: 'calm' }]))
  expect(text).toBe('basket: page alert fires; an alert is over')
  const lines = (blocks as { text: { text: string } }[]).map((block) => block.text.text)
  expect(lines[1]).toBe(
    ':rotating_light: Orders &lt;arrive&gt; &amp; stay (99.9 %): burns its budget at 20 times the rate it can bear, over 60 min (31.4 over 5 min; alert above 14.4; n = 1,204). At this pace a whole budget lasts 36 h. 6.5 % of the budget is left. It is over once the burn over 60 min or 5 min is down to 14.4. <https://runbooks.example.org/orders|What to do>',
  )
  expect(lines[2]).toBe(':white_check_mark: Orders &lt;arrive&gt; &amp; stay (99.9 %): over, the burn is back within its limit.')
  const many = slackMessage(notice(Array.from({ length: 60 }, () => alert)))
  expect(many.blocks.length).toBeLessThanOrEqual(50)
  expect(JSON.stringify(many.blocks.at(-1))).toContain('and 40 more')
})

const changes: ChangesNotice = {
  type: 'measure.changes',
  at: '2026-06-01T12:00:00Z',
  scope: 'shop',
  changes: [
    {
      id: 3,
      measure: 'desk.calls',
      title: 'Calls <to> the desk',
      subject: 'component:shop/desk',
      unit: 'count',
      at: '2026-05-23T00:00:00Z',
      before: 100,
      after: 140,
      confidence: 0.998,
      effect: 'worse',
      outcomes: ['outcome:shop/calm'],
      words: 'Calls <to> the desk of desk changed level.',
    },
  ],
}

test('a change of level says what changed and leads to the measure, by each way', async () => {
  process.env.THROUGHLINE_URL = 'https://tl.example.org'
  const { text, blocks } = slackMessage(changes)
  expect(text).toBe('shop: Calls &lt;to&gt; the desk of desk changed level, for the worse')
  expect((blocks as { text: { text: string } }[])[1]!.text.text).toBe(
    ':small_red_triangle: Calls &lt;to&gt; the desk of desk changed level. <https://tl.example.org/measures/desk.calls?scope=shop&subject=component%3Ashop%2Fdesk|Open the measure>',
  )
  expect(await send('email', { ...letter('team@example.org'), notice: changes }, context)).toEqual({ state: 'sent' })
  const mailed = messages.at(-1)!.replace(/=\n/g, '')
  expect(mailed).toContain('[worse] Calls <to> the desk of desk changed level.')
  expect(mailed).toContain('All that changed lately: https://tl.example.org/measures?scope=3Dshop')
  await send('webhook', { ...letter('https://example.org/hook'), notice: changes }, context)
  expect(JSON.parse(posted[0]!.body)).toMatchObject({
    id: 'c0ffee',
    type: 'measure.changes',
    scope: 'shop',
    words: ['Calls <to> the desk of desk changed level.'],
    changes: [{ measure: 'desk.calls', effect: 'worse', outcomes: ['outcome:shop/calm'] }],
  })
  delete process.env.THROUGHLINE_URL
})

test.each([
  [200, 'sent', undefined],
  [503, 'failed', undefined],
  [429, 'failed', 30],
  [410, 'gone', undefined],
  [404, 'gone', undefined],
])('an answer of %i means %s', async (status, state, waitSeconds) => {
  answer = () => Promise.resolve({ status, text: 'channel_not_found', ...(waitSeconds ? { waitSeconds } : {}) })
  expect(await send('slack', letter('https://hooks.example.org/x'), context)).toMatchObject({
    state,
    ...(waitSeconds ? { waitSeconds } : {}),
  })
})

test('an address that may not be asked is given up, one that does not answer is tried again', async () => {
  answer = () => Promise.reject(new Refusal('outgoing.private_address', '10.0.0.1 is not on the open internet.'))
  expect(await send('webhook', letter('http://10.0.0.1/'), context)).toMatchObject({ state: 'gone', code: 'outgoing.private_address' })
  answer = () => Promise.reject(new Refusal('outgoing.timeout', 'slow', { status: 504 }))
  expect(await send('webhook', letter('https://example.org/'), context)).toMatchObject({ state: 'failed', code: 'outgoing.timeout' })
})

/** A mail server as far as a message needs one (RFC 5321): greets, takes one message at a time, may refuse a recipient. */
let mail: Server
let messages: string[]
const REPLIES: Record<string, string> = { EHLO: '250 mail.example.org', MAIL: '250 ok', DATA: '354 go on', RSET: '250 ok', QUIT: '221 bye' }
beforeAll(async () => {
  messages = []
  mail = createServer((socket: Socket) => {
    let body: string | null = null
    let rest = ''
    socket.write('220 mail.example.org ESMTP\r\n')
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      rest += piece.toString()
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (body !== null) {
          if (line === '.') {
            messages.push(body)
            body = null
            socket.write('250 taken\r\n')
          } else body += `${line.replace(/^\./, '')}\n`
          continue
        }
        const verb = line.slice(0, 4).toUpperCase()
        if (verb === 'RCPT')
          socket.write(line.includes('nobody@') ? '550 no such mailbox\r\n' : line.includes('later@') ? '450 busy\r\n' : '250 ok\r\n')
        else socket.write(`${REPLIES[verb] ?? '502 what?'}\r\n`)
        if (verb === 'DATA') body = ''
      }
    })
  })
  await new Promise<void>((ready) => mail.listen(0, '127.0.0.1', ready))
  process.env.SMTP_URL = `smtp://127.0.0.1:${(mail.address() as AddressInfo).port}/?ignoreTLS=true`
  process.env.SMTP_FROM = 'throughline@example.org'
})
afterAll(() => {
  delete process.env.SMTP_URL
  delete process.env.SMTP_FROM
  mail.close()
})

test('by e-mail it arrives with a subject that says it all, under an id that stays', async () => {
  expect(await send('email', letter('on-call@example.org'), context)).toEqual({ state: 'sent' })
  const message = messages.at(-1)
  expect(message).toContain('Subject: basket: page alert fires')
  expect(message).toMatch(/Message-ID: <c0ffee@throughline>/i)
  expect(message).toContain('Auto-Submitted: auto-generated')
  expect(message!.replace(/=\n/g, '')).toContain('https://runbooks.example.org/orders')
})

test('a mailbox that does not exist is given up, a busy one tried again, and without a server it is said what to set', async () => {
  expect(await send('email', letter('nobody@example.org'), context)).toMatchObject({ state: 'gone', code: 'alerts.mail_failed' })
  expect(await send('email', letter('later@example.org'), context)).toMatchObject({ state: 'failed' })
  const url = process.env.SMTP_URL!
  delete process.env.SMTP_URL
  expect(await send('email', letter('on-call@example.org'), context)).toMatchObject({ state: 'gone', code: 'alerts.no_mail_server' })
  process.env.SMTP_URL = url
})
