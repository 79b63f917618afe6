import { sql, type Store } from '../../../ground/store/index.ts'

/** Erases the alerts on promises of a namespace with all that was said of them, and where its targets are reached. */
export async function eraseAlerts({ store }: { store: Store }, namespace: string): Promise<void> {
  const of = (column: 'slo' | 'target') => sql`split_part(split_part(${sql.ref(column)}, ':', 2), '/', 1) = ${namespace}`
  await store.transaction(async () => {
    const alerts = (await store.query<{ id: number }>(sql`delete from burn_alert where ${of('slo')} returning id`)).map(({ id }) => id)
    await store.query(sql`delete from alert_delivery where (alerts <> '{}' and alerts <@ ${alerts}::bigint[]) or ${of('target')}`)
    await store.query(sql`delete from alert_destination where ${of('target')}`)
    await store.query(sql`delete from alert_silence where namespace = ${namespace}`)
  })
}
