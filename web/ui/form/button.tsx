import type { ButtonHTMLAttributes, ReactNode } from 'react'
import classes from './form.module.css'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary button a view: the next step. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  busy?: boolean
  icon?: ReactNode
}

/** A verb to press. */
export function Button({ look = 'plain', busy = false, icon, children, className, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[classes.button, className].filter(Boolean).join(' ')}
      data-look={look}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      {icon}
      {children}
    </button>
  )
}

/** The class a link wears to look like a button: it leads somewhere, and can be opened in a new tab. */
export const buttonClass = classes.button
