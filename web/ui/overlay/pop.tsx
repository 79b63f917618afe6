import { createContext, type ReactNode, use, useCallback, useId, useRef } from 'react'
import classes from './overlay.module.css'

export interface PopProps {
  /** What the button shows. */
  button: ReactNode
  buttonClass?: string | undefined
  buttonTitle?: string
  active?: boolean
  children: ReactNode
}

const Close = createContext<() => void>(() => {})

/** Closes the panel one stands in. */
export function useClosePop(): () => void {
  return use(Close)
}

/** A small panel under its button; a click elsewhere or Escape closes it. */
export function Pop({ button, buttonClass, buttonTitle, active, children }: PopProps) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  const target = useRef<HTMLButtonElement>(null)
  const close = useCallback(() => panel.current?.hidePopover(), [])
  return (
    <>
      <button ref={target} type="button" className={buttonClass} title={buttonTitle} data-active={active || undefined} popoverTarget={id}>
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={classes.pop}
        onToggle={(event) => event.newState === 'open' && placeUnder(panel.current, target.current)}
      >
        <Close value={close}>{children}</Close>
      </div>
    </>
  )
}

const GAP = 6
const EDGE = 8

/** Puts a panel right under (or, without room, over) what it belongs to, inside the window. */
export function placeUnder(panel: HTMLElement | null, target: HTMLElement | null): void {
  if (!panel || !target) return
  const box = target.getBoundingClientRect()
  const width = Math.min(panel.offsetWidth, window.innerWidth - 2 * EDGE)
  panel.style.left = `${Math.max(EDGE, Math.min(box.left, window.innerWidth - width - EDGE))}px`
  const above = box.bottom + GAP + panel.offsetHeight > window.innerHeight && box.top > panel.offsetHeight
  panel.style.top = above ? `${box.top - GAP - panel.offsetHeight}px` : `${box.bottom + GAP}px`
}
