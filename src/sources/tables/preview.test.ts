import { expect, test } from 'vitest'
import { readTexts } from '../ndjson/index.ts'
import { openTable, parseMapping, previewOf } from './index.ts'

type Wish = Omit<Parameters<typeof previewOf>[1], 'file'> & { file?: string }

async function preview(text: string, wish: Wish = {}) {
  return previewOf(await openTable([Buffer.from(text)], { jsonTexts: readTexts, dialect: wish.mapping?.table }), {
    file: 'export.csv',
    ...wish,
  })
}
const becomes = ({ columns }: Awaited<ReturnType<typeof preview>>) =>
  Object.fromEntries(columns.map(({ name, fields }) => [name, fields.join(' ')]))
const codes = (list: { code: string }[]) => list.map(({ code }) => code)

// Columns as the exports name them: ServiceNow incident list, Jira issue navigator CSV, GitHub REST list of pull requests.
test('incidents of a service desk are recognised by their columns', async () => {
  const found = await preview(
    'Number;Short description;Priority;Opened;Resolved;Service;Assigned to\nINC1;"Basket; slow";P2;04.05.2026 10:00;04.05.2026 12:30;Checkout;u1\nINC2;Down;P1;13.05.2026 09:00;;Search;u2\n',
    { zone: 'Europe/Berlin', file: 'incidents 2026-05.csv' },
  )
  expect(becomes(found)).toEqual({
    Number: 'id',
    'Short description': 'title',
    Priority: 'severity',
    Opened: 'openedAt',
    Resolved: 'resolvedAt',
    Service: 'subject',
    'Assigned to': '',
  })
  expect(found).toMatchObject({
    mapping: { name: 'incidents', kind: 'incident', zone: 'Europe/Berlin' },
    mappingFrom: 'guessed',
    sample: { rows: 2, records: 2, refused: 0, whole: true },
    undecided: [],
    problems: [],
  })
  expect(found.rows[0]).toMatchObject({ line: 2, record: { subject: 'component:default/checkout', openedAt: '2026-05-04T08:00:00.000Z' } })
})

test('issues of a tracker: their words for states are ours, lists are divided, and a zone has to be stated', async () => {
  const found = await preview(
    'Issue key,Summary,Issue Type,Status,Created,Resolved,Labels,Story Points\nS-1,A,Story,Closed,04/May/26 9:30 AM,05/May/26 1:05 PM,a;b,3\nS-2,B,Bug,Open,04/May/26 9:30 PM,,,\n',
    {
      subject: 'repository:default/shop',
    },
  )
  expect(becomes(found)).toEqual({
    'Issue key': 'id',
    Summary: 'title',
    'Issue Type': 'type',
    Status: 'state',
    Created: 'createdAt',
    Resolved: 'doneAt',
    Labels: 'labels',
    'Story Points': 'points',
  })
  expect(found.mapping).toMatchObject({
    kind: 'work_item',
    zone: 'UTC',
    fields: { state: { values: { Closed: 'done' } }, labels: { split: ';' }, subject: { value: 'repository:default/shop' } },
  })
  expect(codes(found.undecided)).toEqual(['mapping.zone'])
})

test('orders: amounts with a decimal comma, and days that could be months are left undecided', async () => {
  const found = await preview('order id,customer,amount,currency,created\n1,c1,"1.234,50",EUR,03/04/2026\n2,c2,"12,00",EUR,05/06/2026\n', {
    subject: 'component:default/shop',
  })
  expect(becomes(found)).toEqual({
    'order id': 'id',
    customer: 'actor',
    amount: 'revenue.amount',
    currency: 'revenue.currency',
    created: 'at',
  })
  expect(found.mapping).toMatchObject({
    kind: 'product_event',
    fields: { name: { value: 'order' }, 'revenue.amount': { decimal: ',', thousands: '.' } },
  })
  expect(codes(found.undecided)).toEqual(['mapping.day_or_month'])
  const settled = await preview('order id,customer,amount,currency,created\n1,c1,"12,00",EUR,13/04/2026\n', {
    subject: 'component:default/shop',
  })
  expect([settled.undecided, settled.mapping.fields.at]).toEqual([[], { column: 'created', time: 'd/M/yyyy' }])
})

test('pull requests, deployments as JSON, and a survey', async () => {
  const changes = await preview(
    'PR number,title,author,created_at,merged_at,repository,additions,deletions\n7,x,u1,2026-05-04T10:00:00Z,2026-05-05T10:00:00Z,acme/shop,10,2\n',
  )
  expect(changes).toMatchObject({
    mapping: { kind: 'change' },
    undecided: [],
    rows: [{ record: { id: '7', number: 7, subject: 'repository:default/shop', additions: 10 } }],
  })
  const deployments = await preview(
    '{"id":1,"app":"shop","git":{"sha":"abcdef1234"},"env":"prod","status":"Succeeded","finished_at":"2026-05-04T10:00:00Z"}\n',
    { file: 'deploys.ndjson' },
  )
  expect(deployments).toMatchObject({
    mapping: { kind: 'deployment' },
    undecided: [],
    rows: [{ record: { commit: 'abcdef1234', outcome: 'success', environment: 'prod' } }],
  })
  const survey = await preview('[{"team":"a","week":"2026-05-04","score":3.5}]')
  expect(survey).toMatchObject({
    mapping: { kind: 'measurement', fields: { measure: { value: 'score' } } },
    undecided: [],
    rows: [{ record: { subject: 'group:default/a', value: 3.5 } }],
  })
})

test('what nobody can tell is left undecided, never made up', async () => {
  const found = await preview('foo,bar\n1,2\n')
  expect(found.mapping.kind).toBe('event')
  expect(codes(found.undecided)).toEqual(['mapping.kind', 'mapping.no_column', 'mapping.no_column'])
  expect(found.sample).toMatchObject({ records: 0, refused: 1 })
  expect(codes(found.problems)).toEqual(['evidence.missing_field', 'evidence.missing_field'])
})

test('an event keeps columns without a field of their own, but none that may name people', async () => {
  const found = await preview('Happened,Feature Flag,Contact Name,Mail\n2026-05-04,dark,x,u1@example.org\n', {
    kind: 'event',
    subject: 'component:default/shop',
  })
  expect(becomes(found)).toEqual({ Happened: 'at', 'Feature Flag': 'data.feature_flag', 'Contact Name': '', Mail: '' })
})

test('problems are counted by column over the sample; ids that stand in several rows are said', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `${n % 30},T,${n % 4 === 0 ? 'soon' : '2026-05-04'},shop\n`).join('')
  const read = parseMapping({ name: 'x', kind: 'incident', fields: { id: 'Id', title: 'Title', openedAt: 'Opened', subject: 'Service' } })
  if (!read.ok) throw new Error('the mapping is right')
  const found = await preview(`Id,Title,Opened,Service\n${rows}`, { mapping: read.value })
  expect(found.rows).toHaveLength(20)
  expect(found.problems).toMatchObject([{ code: 'table.not_a_time', path: 'Opened', count: 10, line: 2 }])
  expect(found.remarks).toMatchObject([{ code: 'table.same_id', message: expect.stringContaining('10 ids') }])
  expect(found.sample).toMatchObject({ rows: 40, records: 30, refused: 10 })
})

test('a mapping kept for files of the same columns is used; another of that name is not replaced', async () => {
  const text = 'Id,Title,Opened,Service\n1,T,2026-05-04,shop\n'
  const first = await preview(text, { file: 'export.csv' })
  expect((await preview(text, { kept: [first.mapping] })).mappingFrom).toBe('kept')
  expect((await preview(text, { kept: [first.mapping], kind: 'event' })).mappingFrom).toBe('guessed')
  const other = await preview('Nr,Name,Opened,Service\n1,T,2026-05-04,shop\n', { kept: [first.mapping] })
  expect([other.mappingFrom, other.mapping.name]).toEqual(['guessed', 'export-2'])
})

test('a mapping that reads a column the file does not have says so', async () => {
  const read = parseMapping({
    name: 'x',
    kind: 'event',
    fields: { at: 'Wen', type: { value: 't' }, subject: { value: 'component:default/shop' } },
  })
  if (!read.ok) throw new Error('the mapping is right')
  expect((await preview('When\n2026-05-04\n', { mapping: read.value })).remarks).toMatchObject([
    { code: 'mapping.no_such_column', path: 'Wen' },
  ])
})
