import type { Answer } from '../../api/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import { When } from '../../ui/text/index.ts'
import { EventLink } from '../../parts/happened.tsx'
import classes from './measures.module.css'

type Change = Answer<'series.read'>['changes'][number]
type Annotation = Answer<'annotations'>['annotations'][number]

/** A change of level: when, from what to what, whether for the better, how surely, and what else happened around then. */
export function ChangeWords({ change, unit, around }: { change: Change; unit: string; around: readonly Annotation[] }) {
  const { at, before, after, confidence, effect } = change
  return (
    <>
      on <When at={at.slice(0, 10)} /> from {formatQuantity(before, unit)} to <b>{formatQuantity(after, unit)}</b>
      {effect && (
        <>
          , <Effect effect={effect} />
        </>
      )}{' '}
      <span className="quiet">({sureWords(confidence)} sure it is no noise)</span>
      {around.length > 0 && (
        <span className={classes.around}>
          Around then:{' '}
          {around.map((one, index) => (
            <span key={`${one.kind} ${one.at}`}>
              {index > 0 && ', '}
              <EventLink annotation={one} />
            </span>
          ))}
          .
        </span>
      )}
    </>
  )
}

/** Better or worse, as a word and a shape. */
export function Effect({ effect }: { effect: NonNullable<Change['effect']> }) {
  return (
    <span className={classes.effect} data-effect={effect}>
      <span aria-hidden="true">{effect === 'worse' ? '▲' : '●'}</span> {effect}
    </span>
  )
}

function sureWords(confidence: number): string {
  return confidence > 0.999 ? 'more than 99.9\u00a0%' : `${(Math.floor(confidence * 1_000) / 10).toFixed(1)}\u00a0%`
}
