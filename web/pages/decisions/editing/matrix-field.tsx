import { ChoiceField, ListField, TextField } from '../../../ui/form/index.ts'
import type { Offer } from '../../../parts/editing/offers.ts'
import { type CriterionDraft, EFFECTS, NO_CELL, type OptionDraft } from './draft.ts'

interface MatrixFieldProps {
  options: readonly OptionDraft[]
  items: readonly CriterionDraft[]
  onChange: (criteria: CriterionDraft[]) => void
  outcomes: readonly Offer[]
  error?: string | undefined
}

/** What is traded for what: each criterion, an outcome or words, with what every option does to it. */
export function MatrixField({ options, items, onChange, outcomes, error }: MatrixFieldProps) {
  return (
    <ListField
      label="Trade-offs"
      hint="What the options are compared by, and what each does to it. Unknown is an answer, too."
      add="Add a criterion"
      items={items}
      onChange={onChange}
      fresh={(): CriterionDraft => ({ criterion: '', cells: [] })}
      max={20}
      error={error}
    >
      {(row, set) => (
        <>
          <TextField
            label="Criterion"
            value={row.criterion}
            onChange={(criterion) => set({ ...row, criterion })}
            offers={outcomes}
            placeholder="cost to run, or outcome:default/faster"
          />
          {options.map(({ title }, index) => {
            const cell = row.cells[index] ?? NO_CELL
            const name = title.trim() || `Option ${index + 1}`
            const change = (more: Partial<typeof cell>) =>
              set({ ...row, cells: options.map((_, at) => (at === index ? { ...cell, ...more } : (row.cells[at] ?? NO_CELL))) })
            return (
              // Options have no name of their own while they are typed: their place is what tells them apart.
              // oxlint-disable-next-line react/no-array-index-key
              <div key={index}>
                <ChoiceField
                  label={name}
                  value={cell.effect}
                  onChange={(effect) => change({ effect })}
                  choices={EFFECTS.map((effect) => ({ value: effect, label: effect }))}
                />
                <TextField label={`Why, for ${name}`} value={cell.note} onChange={(note) => change({ note })} placeholder="why" />
              </div>
            )
          })}
        </>
      )}
    </ListField>
  )
}
