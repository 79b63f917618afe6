import { type Store, sql } from '../../../../ground/store/index.ts'

const BY_SERVICE = [
  'telemetry_minute',
  'telemetry_hour',
  'telemetry_operation',
  'telemetry_signal',
  'telemetry_pattern',
  'telemetry_pattern_hour',
] as const

/** Erases what the services of a namespace sent, and who called them. */
export async function eraseTelemetry({ store }: { store: Store }, namespace: string): Promise<void> {
  const prefix = `component:${namespace}/`
  await store.transaction(async () => {
    for (const table of BY_SERVICE) await store.query(sql`delete from ${sql.ref(table)} where starts_with(service, ${prefix})`)
    for (const table of ['telemetry_call', 'telemetry_host'] as const)
      await store.query(sql`delete from ${sql.ref(table)} where starts_with(caller, ${prefix}) or starts_with(callee, ${prefix})`)
    for (const table of ['telemetry_indicator', 'telemetry_series'] as const)
      await store.query(sql`delete from ${sql.ref(table)} where starts_with(subject, ${prefix})`)
  })
}
