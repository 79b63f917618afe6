/** A stage on the way of a change to its users. */
export type StageName = 'coding' | 'waiting_for_review' | 'review' | 'waiting_for_deployment'

export interface Stage {
  stage: StageName
  /** Median, in seconds; null when no change says. */
  medianSeconds: number | null
  /** Part of the time of all stages together, 0 to 1; null when nothing is known. */
  share: number | null
  /** Changes that say how long it took. */
  n: number
}

const STAGES: readonly StageName[] = ['coding', 'waiting_for_review', 'review', 'waiting_for_deployment']

/** Where the time of changes went, in the order they pass through. */
export function stagesOf(
  seconds: Readonly<Record<StageName, readonly number[]>>,
  median: (values: readonly number[]) => number | null,
): Stage[] {
  const total = STAGES.reduce((sum, stage) => sum + sumOf(seconds[stage]), 0)
  return STAGES.map((stage) => ({
    stage,
    medianSeconds: median(seconds[stage]),
    share: total > 0 && seconds[stage].length > 0 ? sumOf(seconds[stage]) / total : null,
    n: seconds[stage].length,
  }))
}

/** The stage after coding that took most of the time; null when none is known. */
export function biggestWait(stages: readonly Stage[]): Stage | null {
  return (
    stages.filter(({ stage, share }) => stage !== 'coding' && share !== null && share > 0).sort((a, b) => b.share! - a.share!)[0] ?? null
  )
}

function sumOf(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
