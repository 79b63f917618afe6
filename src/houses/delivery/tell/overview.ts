import * as z from 'zod'
import { formatDuration, formatQuantity, Reading } from '../../../ground/core/index.ts'
import type { Stage } from '../assess/index.ts'

/** Ids of DORA's five, in the order they are shown. */
export const FIVE = [
  'delivery.change_lead_time',
  'delivery.deployment_frequency',
  'delivery.change_failure_rate',
  'delivery.failed_deployment_recovery_time',
  'delivery.rework_rate',
] as const

const MeasureView = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  definition: z.string(),
  reading: Reading,
  /** The same, cut into buckets, oldest first. */
  series: z.array(Reading),
})

const StageView = z.object({
  stage: z.enum(['coding', 'waiting_for_review', 'review', 'waiting_for_deployment']),
  title: z.string(),
  medianSeconds: z.number().nullable(),
  /** Part of the time of all stages together. */
  share: z.number().nullable(),
  n: z.number().int(),
})

/** The page about delivery: five figures over time, how lead times are spread, where the time goes, component by component. */
export const DeliveryView = z.object({
  subject: z.string(),
  environment: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  at: z.string(),
  asOf: z.string(),
  /** The answer in one sentence. */
  headline: z.string(),
  measures: z.array(MeasureView),
  /** One entry a component, slowest first; readings in the order of `measures`. */
  components: z.array(z.object({ subject: z.string(), readings: z.array(Reading) })),
  /** Lead times in seconds; the last bin has no end. */
  distribution: z.array(z.object({ from: z.number(), to: z.number().nullable(), count: z.number().int() })),
  stages: z.array(StageView),
  biggestWait: StageView.extend({ sentence: z.string() }).nullable(),
})
export type DeliveryView = z.infer<typeof DeliveryView>

const TITLES: Record<Stage['stage'], string> = {
  coding: 'Coding',
  waiting_for_review: 'Waiting for review',
  review: 'Review',
  waiting_for_deployment: 'Waiting for deployment',
}

export function stageView(stage: Stage): z.infer<typeof StageView> {
  return { ...stage, title: TITLES[stage.stage] }
}

export function waitView(stage: Stage | null): DeliveryView['biggestWait'] {
  if (!stage) return null
  const share = Math.round(stage.share! * 100)
  return {
    ...stageView(stage),
    sentence: `${TITLES[stage.stage]} takes ${share} % of the way to users: half of the changes need ${formatDuration(stage.medianSeconds!)} or more (n = ${stage.n}).`,
  }
}

/** The answer to "how fast and how safely do changes reach users?" in one sentence, unknowns included. */
export function headlineOf(readings: readonly Reading[]): string {
  const [lead, frequency, failures] = readings
  const parts = [
    lead?.value == null
      ? `Lead time is unknown: ${lowerFirst(lead?.unknown?.why ?? 'no record tells of it.')}`
      : lead.value < 1
        ? `Half of the changes reach users at once (n = ${lead.n}).`
        : `Half of the changes reach users within ${formatDuration(lead.value)} (n = ${lead.n}).`,
    frequency?.value == null
      ? ''
      : frequency.value === 0
        ? 'Nothing new was deployed.'
        : `Something new is deployed ${formatQuantity(frequency.value, frequency.unit)}.`,
    failures?.value == null
      ? frequency?.value
        ? `Whether deployments fail is unknown: ${lowerFirst(failures?.unknown?.why ?? '')}`
        : ''
      : `${formatQuantity(failures.value, failures.unit)} of it failed.`,
  ]
  return parts.filter(Boolean).join(' ')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
