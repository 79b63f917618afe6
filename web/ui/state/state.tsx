import classes from './state.module.css'

export type StateName = 'met' | 'on_course' | 'at_risk' | 'missed' | 'unknown'

export const STATE_WORDS: Record<StateName, string> = {
  met: 'Met',
  on_course: 'On course',
  at_risk: 'At risk',
  missed: 'Missed',
  unknown: 'Unknown',
}

/** Worst first; unknown stands between at risk and on course. */
export const STATES_WORST_FIRST: readonly StateName[] = ['missed', 'at_risk', 'unknown', 'on_course', 'met']

/** A state as word, shape and colour. `words` where the reader's word differs: a principle is held or broken. */
export function State({ state, words, quiet = false }: { state: StateName; words?: string; quiet?: boolean }) {
  return (
    <span className={classes.state} data-state={state} data-quiet={quiet || undefined}>
      <StateShape state={state} />
      {words ?? STATE_WORDS[state]}
    </span>
  )
}

/** The shape alone, for places where the word stands beside it. */
export function StateShape({ state }: { state: StateName }) {
  return (
    <svg className={classes.shape} data-state={state} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {state === 'met' && <circle cx="6" cy="6" r="5" fill="currentColor" />}
      {state === 'on_course' && (
        <>
          <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.4" />
          <path d="M6 6V1.7A4.3 4.3 0 0 1 10.3 6Z" fill="currentColor" />
        </>
      )}
      {state === 'at_risk' && <path d="M6 .9 11.6 11H.4Z" fill="currentColor" />}
      {state === 'missed' && <rect x="1.2" y="1.2" width="9.6" height="9.6" rx="0.8" fill="currentColor" />}
      {state === 'unknown' && (
        <circle cx="6" cy="6" r="4.3" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.2 1.6" />
      )}
    </svg>
  )
}
