import type { Ground } from '../../ground/index.ts'
import { sql } from '../../ground/store/index.ts'

/**
 * Forgets what is older than it is kept. What it came to is worked out first, for every component there is: the derived
 * tables hold it from then on.
 */
export async function forgetOld(ground: Ground): Promise<void> {
  const namespaces = await ground.store.query<{ namespace: string }>(
    sql`select distinct split_part(split_part(subject, ':', 2), '/', 1) as namespace from evidence_subject order by 1`,
  )
  for (const { namespace } of namespaces) {
    await ground.measures.read({ measure: 'delivery.deployment_frequency', subject: `namespace:${namespace}` })
  }
  await ground.intake.forgetOld()
}
