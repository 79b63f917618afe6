import { randomUUID } from 'node:crypto'
import type { Ground } from '../../ground/index.ts'
import { sql } from '../../ground/store/index.ts'

/**
 * Runs work when no other process holds the lease of this name, and holds it meanwhile. A process that died gives it
 * back by its end. The store's own clock decides, so processes need not agree on the time; a lease that ends later than
 * any would was taken before that clock was set back, and counts as left behind.
 * @param seconds after which a lease counts as left behind
 */
export async function withLease({ store }: Pick<Ground, 'store'>, name: string, seconds: number, work: () => Promise<void>): Promise<void> {
  const key = `lease:${name}`
  const holder = randomUUID()
  const taken = await store.query(sql`
    insert into setting (key, value) values (${key}, jsonb_build_object('holder', ${holder}::text, 'until', now() + make_interval(secs => ${seconds}::double precision)))
    on conflict (key) do update set value = excluded.value
      where (setting.value ->> 'until')::timestamptz not between now() and now() + make_interval(secs => ${seconds}::double precision)
    returning key`)
  if (taken.length === 0) return
  try {
    await work()
  } finally {
    await store.query(sql`delete from setting where key = ${key} and value ->> 'holder' = ${holder}`)
  }
}

/** Gives back what a process that was killed left behind, where no other process can be at work: in a data folder of our own. */
export async function giveBackLeases({ store }: Pick<Ground, 'store'>): Promise<void> {
  if (store.mode === 'embedded') await store.query(sql`delete from setting where key like 'lease:%'`)
}
