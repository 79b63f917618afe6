import { sql, type Store } from '../store/index.ts'

/** Values remembered between runs: cursors, choices. */
export class Settings {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async read<T>(key: string): Promise<T | null> {
    const [row] = await this.#store.query<{ value: T }>(sql`select value from setting where key = ${key}`)
    return row ? row.value : null
  }

  /** All whose key begins so, by what comes after it. */
  async list<T>(prefix: string): Promise<Map<string, T>> {
    const rows = await this.#store.query<{ key: string; value: T }>(
      sql`select key, value from setting where starts_with(key, ${prefix}) order by key`,
    )
    return new Map(rows.map(({ key, value }) => [key.slice(prefix.length), value]))
  }

  /** @returns false when there was none */
  async remove(key: string): Promise<boolean> {
    return (await this.#store.query(sql`delete from setting where key = ${key} returning key`)).length > 0
  }

  async write(key: string, value: unknown): Promise<void> {
    await this.#store.query(
      sql`insert into setting (key, value) values (${key}, ${JSON.stringify(value ?? null)}::jsonb) on conflict (key) do update set value = excluded.value`,
    )
  }
}
