import type { ReactNode } from 'react'
import { FieldRow, TextField } from '../../ui/form/index.ts'
import type { Answers } from './editing/drafted.ts'
import type { Lint } from '../../parts/editing/lint.ts'
import { useMeasureOffers } from '../../parts/editing/offers.ts'
import classes from './vision.module.css'

/** One of the three questions, with an example of an answer. */
export function Question({ title, example, children }: { title: string; example: string; children: ReactNode }) {
  return (
    <section className={classes.question}>
      <h2>{title}</h2>
      <p>{example}</p>
      {children}
    </section>
  )
}

interface ItemProps<Item> {
  item: Item
  set: (item: Item) => void
  index: number
  lint: Lint | undefined
}

/** An outcome as it is drafted. */
export function OutcomeFields({ item, set, index, lint }: ItemProps<Answers['outcomes'][number]>) {
  const measures = useMeasureOffers()
  return (
    <div className={classes.drafted}>
      <TextField
        label={`Outcome ${index + 1}`}
        value={item.statement}
        onChange={(statement) => set({ ...item, statement })}
        error={lint?.errors.get('spec.statement')}
        advice={lint?.advice.get('spec.statement')}
      />
      <FieldRow>
        <TextField
          label="Shown by the measure"
          optional
          offers={measures}
          value={item.measure}
          onChange={(measure) => set({ ...item, measure })}
          error={lint?.errors.get('spec.measure')}
        />
        <TextField
          label="Target"
          optional
          value={item.target}
          onChange={(target) => set({ ...item, target })}
          error={lint?.errors.get('spec.target.value') ?? lint?.errors.get('spec.target')}
        />
        <TextField
          label="Reached by"
          optional
          type="date"
          value={item.by}
          onChange={(by) => set({ ...item, by })}
          error={lint?.errors.get('spec.target.by')}
        />
      </FieldRow>
    </div>
  )
}

/** A principle as it is drafted. */
export function PrincipleFields({ item, set, index, lint }: ItemProps<Answers['principles'][number]>) {
  return (
    <div className={classes.drafted}>
      <TextField
        label={`Principle ${index + 1}`}
        value={item.statement}
        onChange={(statement) => set({ ...item, statement })}
        error={lint?.errors.get('spec.statement')}
        advice={lint?.advice.get('spec.statement')}
      />
      <TextField
        label="Says no to"
        value={item.forbids}
        onChange={(forbids) => set({ ...item, forbids })}
        advice={item.statement.trim() && !item.forbids.trim() ? 'Name something people want to do that it rules out.' : undefined}
      />
    </div>
  )
}
