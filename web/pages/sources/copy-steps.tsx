import type { Answer } from '../../api/index.ts'
import { Copyable } from '../../ui/text/index.ts'
import classes from './sources.module.css'

/** What is copied to the other side, shown this once. */
export type Made = Answer<'connection.create'>

/** What to do on the other side, step by step, with what is copied in its place. */
export function CopySteps({ made }: { made: Made }) {
  return (
    <ol className={classes.steps}>
      {made.steps.map((step) => (
        <li key={step}>
          <Step step={step} made={made} />
        </li>
      ))}
    </ol>
  )
}

/** A step with what is to be copied in its place; lines that follow its first are one text to copy. */
function Step({ step, made }: { step: string; made: Made }) {
  const [said = '', ...lines] = step.split('\n')
  if (lines.length > 0)
    return (
      <>
        <Step step={said} made={made} />
        <div>
          <Copyable label="the text">{filled(lines.join('\n'), made)}</Copyable>
        </div>
      </>
    )
  return step.split(/(\{[\w:]+\})/).map((part) => {
    if (part === '{address}')
      return (
        <Copyable key={part} label="the address">
          {addressOf(made)}
        </Copyable>
      )
    const secret = /^\{secret:(\w+)\}$/.exec(part)?.[1]
    return secret && made.secrets[secret] ? (
      <Copyable key={part} label="the secret">
        {made.secrets[secret]}
      </Copyable>
    ) : (
      part
    )
  })
}

function filled(text: string, made: Made): string {
  return text.replaceAll('{address}', addressOf(made)).replace(/\{secret:(\w+)\}/g, (whole, name: string) => made.secrets[name] ?? whole)
}

function addressOf({ path }: Made): string {
  return `${window.location.origin}${path}`
}
