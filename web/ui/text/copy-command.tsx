import { IconCheck, IconCopy } from '@tabler/icons-react'
import { createContext, use, useState } from 'react'
import classes from './copy-command.module.css'

/** How the command line of the product is called here, where that is not its name. */
export const CommandLine = createContext('throughline')

/** A command to run elsewhere, copied with one click. */
export function CopyCommand({ children }: { children: string }) {
  const called = use(CommandLine)
  return (
    <Copyable label="the command" prompt>
      {children.replace(/^throughline(?= )/, called)}
    </Copyable>
  )
}

/** A text to take elsewhere, copied with one click. `prompt` marks it as something to run. */
export function Copyable({ label, prompt = false, children }: { label: string; prompt?: boolean; children: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(children)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <span className={classes.command} data-prompt={prompt || undefined}>
      <code>{children}</code>
      <button type="button" onClick={() => void copy()}>
        {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
        <span aria-live="polite">
          {copied ? 'Copied' : 'Copy'}
          <span className="visually-hidden">: {label}</span>
        </span>
      </button>
    </span>
  )
}
