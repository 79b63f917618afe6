import type { Context } from 'hono'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { readTexts } from '../../sources/ndjson/index.ts'
import { openTable } from '../../sources/tables/index.ts'
import { keptMapping } from '../tables/kept.ts'
import { columnsOf } from '../tables/import-table.ts'
import { tableSinkOf } from '../tables/ground-sink.ts'
import { keepingClaimed, takeBill } from '../tables/take-bill.ts'
import { takeTable } from '../tables/take.ts'
import type { DoorEnv } from './caller.ts'
import { demand } from './route.ts'

/** Bytes of a file as sent, and unpacked; larger ones are for the command line, which reads them where they are. */
const LARGEST = 4 * 1024 ** 3
const UNPACK = { ratio: 200, free: 16 * 1024 * 1024, bytes: 16 * 1024 ** 3 }

/**
 * `POST /api/tables?mapping=…&file=…[&fingerprint=…][&part=true|&replace=true]`: a file, read by a mapping that is kept. Read as it streams in, kept in
 * durable batches; the answer comes after the last commit. 422 when nothing could be taken.
 */
export function tableRoute(ground: Ground): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    const caller = context.get('caller')
    demand(caller, 'evidence:write')
    const { mapping: name = '', file = 'a table', fingerprint, part, replace } = context.req.query()
    const mapping = await keptMapping(ground.intake, name)
    const sink = tableSinkOf(ground, caller.person)
    const body = new Body(context.req.raw)
    try {
      const isBill = mapping.kind === 'cost'
      const only = isBill ? { only: columnsOf(mapping) } : {}
      const table = await openTable(body.pieces(), { jsonTexts: readTexts, dialect: mapping.table, limits: UNPACK, ...only })
      const label = file.slice(0, 500)
      const taken = isBill
        ? await takeBill(table, keepingClaimed(mapping, await sink.words()), {
            label,
            part: part === 'true',
            replace: replace === 'true',
            sink,
          })
        : await takeTable(table, mapping, { label, fingerprint: fingerprint?.slice(0, 200), sink })
      const nothingTaken = taken.rejected > 0 && taken.accepted + taken.revised + taken.duplicates === 0
      return context.json({ ...taken, problems: taken.problems.slice(0, 100) }, nothingTaken ? 422 : 200)
    } finally {
      await body.drain()
    }
  }
}

/** A body up to a limit, whatever its length header claims. */
class Body {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  #size = 0

  constructor({ headers, body }: Request) {
    if (Number(headers.get('content-length') ?? 0) > LARGEST) throw tooLarge()
    this.#reader = body?.getReader()
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (let next = await this.#reader?.read(); next && !next.done; next = await this.#reader!.read()) {
      this.#size += next.value.length
      if (this.#size > LARGEST) throw tooLarge()
      yield next.value
    }
  }

  /** Reads what nobody wanted: a sender who is still sending hears the answer only then. */
  async drain(): Promise<void> {
    try {
      for await (const piece of this.pieces()) void piece
    } catch {
      await this.#reader?.cancel().catch(() => undefined) // too large, or the sender is gone
    }
  }
}

function tooLarge(): Refusal {
  return new Refusal('table.too_large', `Files of more than ${LARGEST / 1024 ** 3} GiB are not taken here.`, {
    status: 413,
    fix: 'Pack it with gzip, or import it on the command line: throughline import <file>.',
  })
}
