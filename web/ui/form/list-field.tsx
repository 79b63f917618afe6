import { IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import classes from './form.module.css'

export interface ListFieldProps<Item> {
  label: string
  hint?: ReactNode
  error?: string | undefined
  items: readonly Item[]
  onChange: (items: Item[]) => void
  /** A fresh item. */
  fresh: () => Item
  /** The verb on the button: "Add a signal". */
  add: string
  max?: number
  /** The inputs of one item. */
  children: (item: Item, change: (item: Item) => void, index: number) => ReactNode
}

/** Several of one thing: add, change, remove. */
export function ListField<Item>({ label, hint, error, items, onChange, fresh, add, max = 50, children }: ListFieldProps<Item>) {
  const id = useId()
  return (
    <fieldset className={classes.list} aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend>{label}</legend>
      {hint && (
        <div id={`${id}-hint`} className={classes.hint}>
          {hint}
        </div>
      )}
      {items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place is the identity: items are edited in place and have no other name
        <div key={index} className={classes.item}>
          <div className={classes.itemFields}>{children(item, (next) => onChange(items.with(index, next)), index)}</div>
          <button
            type="button"
            className={classes.remove}
            aria-label={`Remove ${label.toLowerCase()} ${index + 1}`}
            onClick={() => onChange(items.toSpliced(index, 1))}
          >
            <IconX size={16} aria-hidden />
          </button>
        </div>
      ))}
      {error && <div className={classes.error}>{error}</div>}
      {items.length < max && (
        <Button look="quiet" icon={<IconPlus size={16} aria-hidden />} onClick={() => onChange([...items, fresh()])}>
          {add}
        </Button>
      )}
    </fieldset>
  )
}
