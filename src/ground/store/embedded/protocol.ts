import { type messages, type PGlite, protocol } from '@electric-sql/pglite'
import { isJson, type Parameter, parserOf } from '../values.ts'
import type { Column } from './messages.ts'
import type { Statements } from './statements.ts'

const { serialize } = protocol

/** The answer to one statement as it leaves the thread: values read, JSON still text. */
export interface Executed {
  columns: Column[]
  rows: unknown[][]
  /** Size of each row in bytes. */
  sizes: number[]
  tag: string
}

/** Tags of statements that change the shape of tables, or take such a change back. */
const RESHAPES = /^(?:CREATE|ALTER|DROP|ROLLBACK)/

/**
 * Runs one statement with PostgreSQL's extended protocol, all messages in one go.
 * PGlite's own `query` asks the server for parameter types first and writes parameters by them; here, as with the `pg`
 * library, they go as text, so both stores treat a parameter alike.
 */
export async function execute(db: PGlite, statements: Statements, text: string, parameters: readonly Parameter[]): Promise<Executed> {
  const values = parameters.map((value) => (value instanceof Uint8Array ? Uint8Array.from(value).buffer : value))
  const { told, statement } = statements.ready(text)
  const message = Buffer.concat([
    ...told,
    serialize.bind({ statement, values }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ])
  try {
    const executed = read(await db.execProtocolStream(message, { syncToFs: false }))
    if (RESHAPES.test(executed.tag)) statements.forgetAll()
    return executed
  } catch (error) {
    statements.forget(text)
    throw error
  }
}

function read(answer: readonly { name: string }[]): Executed {
  const columns: Column[] = []
  const rows: unknown[][] = []
  const sizes: number[] = []
  let parsers: ((text: string) => unknown)[] = []
  let tag = ''
  for (const message of answer) {
    if (isRowDescription(message)) {
      for (const field of message.fields) columns.push({ name: field.name, json: isJson(field.dataTypeID) })
      parsers = message.fields.map((field) => (isJson(field.dataTypeID) ? (value: string) => value : parserOf(field.dataTypeID)))
    } else if (isDataRow(message)) {
      sizes.push(message.length)
      rows.push(message.fields.map((value, i) => (value === null ? null : parsers[i]!(value))))
    } else if (isCommandComplete(message)) tag = message.text
  }
  return { columns, rows, sizes, tag }
}

function isRowDescription(message: { name: string }): message is messages.RowDescriptionMessage {
  return message.name === 'rowDescription'
}

function isDataRow(message: { name: string }): message is messages.DataRowMessage {
  return message.name === 'dataRow'
}

function isCommandComplete(message: { name: string }): message is messages.CommandCompleteMessage {
  return message.name === 'commandComplete'
}
