import { sql, type Store } from '../../../ground/store/index.ts'

/** Erases what the gate was asked about components of a namespace, and what it answered. */
export async function eraseGateAnswers({ store }: { store: Store }, namespace: string): Promise<void> {
  const prefix = `component:${namespace}/`
  await store.transaction(async () => {
    for (const table of ['gate_ask', 'gate_answer'] as const)
      await store.query(sql`delete from ${sql.ref(table)} where starts_with(component, ${prefix})`)
  })
}
