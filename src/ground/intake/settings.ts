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

  async write(key: string, value: unknown): Promise<void> {
    await this.#store.query(
      sql`insert into setting (key, value) values (${key}, ${JSON.stringify(value ?? null)}::jsonb) on conflict (key) do update set value = excluded.value`,
    )
  }
}
