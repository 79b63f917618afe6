import type { Because, Claim } from '../../src/ground/core/index.ts'
import { GoTo, shortName } from '../app/go.tsx'
import { plural, unbroken } from '../ui/figure/index.ts'
import { State } from '../ui/state/index.ts'
import { formatDays } from '../ui/text/index.ts'
import classes from './parts.module.css'
import { readingWords } from './reading.tsx'

/** A sentence that opens to everything it rests on. `text` where the words around it already say a part of it. */
export function GroundedClaim({ claim, text = claim.text }: { claim: Claim; text?: string }) {
  return (
    <details className={classes.claim}>
      <summary>
        <span>{unbroken(text)}</span>
        <span className={classes.groundsCount} data-screen-only>
          {plural(claim.because.length, 'ground')}
        </span>
      </summary>
      <Grounds because={claim.because} />
    </details>
  )
}

/** What a sentence rests on, each ground leading to its page. */
export function Grounds({ because }: { because: readonly Because[] }) {
  return (
    <ul className={classes.grounds}>
      {because.map((ground) => (
        <li key={keyOf(ground)}>
          <Ground ground={ground} />
        </li>
      ))}
    </ul>
  )
}

/** The server tells no ground of a sentence twice. */
function keyOf(ground: Because): string {
  return JSON.stringify(ground)
}

function Ground({ ground }: { ground: Because }) {
  if (ground.kind === 'entity') return <GoTo id={ground.ref}>{ground.title ?? shortName(ground.ref)}</GoTo>
  if (ground.kind === 'evidence') return <GoTo id={ground.id}>{ground.title ?? shortName(ground.id)}</GoTo>
  if (ground.kind === 'reading') {
    const { reading } = ground
    return (
      <>
        <GoTo id={reading.measure} search={{ subject: reading.subject }} /> of{' '}
        {shortName(reading.subject.replace('namespace:', 'everything in '))}: {readingWords(reading)}{' '}
        <span className="quiet">{formatDays(reading.window)}</span>
      </>
    )
  }
  const { judgement } = ground
  const { reading } = judgement
  return (
    <>
      <State state={judgement.state} quiet /> <GoTo id={judgement.intent} /> <span className="quiet">{unbroken(judgement.rule)}</span>
      {reading && (
        <>
          {'; read from '}
          <GoTo id={reading.measure} search={{ subject: reading.subject }} />
        </>
      )}
    </>
  )
}
