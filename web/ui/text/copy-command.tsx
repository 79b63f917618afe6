import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './copy-command.module.css'

/** A command to run elsewhere, copied with one click. */
export function CopyCommand({ children }: { children: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(children)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <span className={classes.command}>
      <code>{children}</code>
      <button type="button" onClick={() => void copy()} aria-label={`Copy the command ${children}`}>
        {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
      </button>
    </span>
  )
}
