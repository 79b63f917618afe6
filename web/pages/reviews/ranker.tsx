import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import classes from './reviews.module.css'

export interface Ranked {
  ref: string
  title: string
}

/** Things in an order, each moved up or down by a button: works by mouse, touch and keyboard alike. */
export function Ranker({
  label,
  items,
  order,
  onOrder,
  beside,
}: {
  label: string
  items: readonly Ranked[]
  order: readonly string[]
  onOrder: (order: string[]) => void
  /** What stands under some of them. */
  beside?: ReadonlyMap<string, ReactNode>
}) {
  const [told, setTold] = useState('')
  const titles = new Map(items.map(({ ref, title }) => [ref, title]))
  const move = (index: number, by: -1 | 1) => {
    const [one, other] = [order[index]!, order[index + by]!]
    onOrder(order.with(index, other).with(index + by, one))
    setTold(`${titles.get(one)} is now number ${index + by + 1}`)
  }
  return (
    <>
      <ol className={classes.ranker} aria-label={label}>
        {order.map((ref, index) => (
          <li key={ref}>
            <span className={classes.place}>{index + 1}</span>
            <div className={classes.ranked}>
              <span>{titles.get(ref) ?? ref}</span>
              {beside?.get(ref)}
            </div>
            <span className={classes.moves}>
              <button type="button" aria-label={`Move ${titles.get(ref)} up`} disabled={index === 0} onClick={() => move(index, -1)}>
                <IconArrowUp size={18} aria-hidden />
              </button>
              <button
                type="button"
                aria-label={`Move ${titles.get(ref)} down`}
                disabled={index === order.length - 1}
                onClick={() => move(index, 1)}
              >
                <IconArrowDown size={18} aria-hidden />
              </button>
            </span>
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {told}
      </p>
    </>
  )
}

/** In the order of the alphabet: an order that suggests nobody's. */
export function alphabetical(items: readonly Ranked[]): string[] {
  return items.toSorted((a, b) => a.title.localeCompare(b.title)).map(({ ref }) => ref)
}
