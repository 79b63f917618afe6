/**
 * Opens the data folder given, tells which rows it has, then writes one after another, each in a transaction of its own,
 * and tells each number once it was acknowledged. A line on standard input: `stop` ends in order.
 */
import { Refusal } from '../../../src/ground/core/index.ts'
import { openStore, sql } from '../../../src/ground/store/index.ts'

const [folder, limit = 'Infinity'] = process.argv.slice(2)
const store = await openStore({ folder: folder! })
await store.query(sql`create table if not exists kept (n integer primary key, filling text)`)
const rows = await store.query<{ n: number }>(sql`select n from kept order by n`)
process.stdout.write(`${JSON.stringify(rows.map(({ n }) => n))}\n`)
let stopped = false
process.stdin.on('data', () => (stopped = true))
for (let n = (rows.at(-1)?.n ?? 0) + 1; n <= Number(limit) && !stopped; n++) {
  try {
    await store.transaction(async () => {
      await store.query(sql`insert into kept values (${n}, ${'x'.repeat(500)})`)
      await store.query(sql`update kept set filling = filling || ${String(n)} where n = ${n}`)
    })
    process.stdout.write(`${n}\n`)
  } catch (error) {
    process.stdout.write(`${JSON.stringify(error instanceof Refusal ? error.problem : { code: String(error) })}\n`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
await store.close()
process.stdout.write('closed\n')
process.stdin.destroy()
