import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react'
import classes from './feedback.module.css'

export interface Toast {
  text: string
  /** Takes back what was just done. */
  undo?: () => void
  tone?: 'error'
}

const Toasts = createContext<(toast: Toast) => void>(() => {})

/** Tells what was just done, with a way back. Stays long enough to read and to undo. */
export function useToast(): (toast: Toast) => void {
  return use(Toasts)
}

const SECONDS_SHOWN = 8
/** What can be taken back stays until somebody has had the time to read it and to get there. */
const SECONDS_TO_UNDO = 20

/** Holds the toasts of the app; the newest last. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Toast & { id: number })[]>([])
  const next = useRef(0)
  const close = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), [])
  const show = useCallback(
    (toast: Toast) => {
      const id = next.current++
      setShown((all) => [...all.slice(-2), { ...toast, id }])
      setTimeout(() => close(id), (toast.undo ? SECONDS_TO_UNDO : SECONDS_SHOWN) * 1_000)
    },
    [close],
  )
  return (
    <Toasts value={show}>
      {children}
      <div className={classes.toasts} role="status" aria-live="polite" data-screen-only>
        {shown.map((toast) => (
          <div key={toast.id} className={classes.toast} data-tone={toast.tone}>
            <span>{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                onClick={() => {
                  toast.undo?.()
                  close(toast.id)
                }}
              >
                Undo
              </button>
            )}
            <button type="button" aria-label="Close this message" onClick={() => close(toast.id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </Toasts>
  )
}
