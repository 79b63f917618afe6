import { ChartFrame } from './chart-frame.tsx'
import classes from './step-bars.module.css'
import type { Twin } from './twin.ts'

export interface StepBarsProps {
  title: string
  note?: string
  steps: readonly { key: string; label: string; share: number; text: string; lost?: string | undefined; worst?: boolean }[]
  twin: Twin
}

/** Steps one after the other, each a bar from zero; what was lost on the way stands between them. */
export function StepBars({ title, note, steps, twin }: StepBarsProps) {
  return (
    <ChartFrame title={title} untitled note={note} twin={twin}>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <li key={step.key}>
            {step.lost && (
              <p className={classes.lost} data-worst={step.worst || undefined}>
                {step.lost}
              </p>
            )}
            <p className={classes.label}>
              <b>{step.label}</b> <span>{step.text}</span>
            </p>
            <span className={classes.track} aria-hidden="true">
              <span style={{ width: `${step.share * 100}%` }} />
            </span>
          </li>
        ))}
      </ol>
    </ChartFrame>
  )
}
