import type { Answer } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { State } from '../../ui/state/index.ts'
import classes from './vision.module.css'

export type Principle = Answer<'principles'>['principles'][number]

/** A principle is not met or missed but held or broken. */
export const PRINCIPLE_WORDS: Partial<Record<Principle['judgement']['state'], string>> = { met: 'Held', missed: 'Broken' }

export function PrincipleList({ principles }: { principles: readonly Principle[] }) {
  return (
    <ul className={classes.principles}>
      {principles.map((principle) => (
        <li key={principle.ref}>
          <div className={classes.principleState}>
            <State state={principle.judgement.state} {...wordsOf(principle)} />
          </div>
          <div>
            <h3>
              <Go to={urls.principle(principle.ref)}>{principle.title}</Go>
            </h3>
            {principle.statement !== principle.title && principle.statement !== `${principle.title}.` && (
              <p className={classes.said}>{principle.statement}</p>
            )}
            <p className="quiet small">{whereInWords(principle)}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}

export function wordsOf(principle: Principle): { words?: string } {
  const words = PRINCIPLE_WORDS[principle.judgement.state]
  return words ? { words } : {}
}

/** "Broken in 2, held in 9, unknown in 1." */
export function whereInWords({ counts, signals }: Principle): string {
  if (signals.length === 0) return 'No measure shows whether it is lived.'
  const parts = (['broken', 'excepted', 'held', 'unknown'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `${state} in ${counts[state]}`)
  const text = parts.join(', ')
  return text ? `${text[0]!.toUpperCase()}${text.slice(1)}.` : 'Nothing to judge yet.'
}

/** "1 of 4 principles is broken." */
export function principlesInWords(principles: readonly Principle[]): string {
  if (principles.length === 0) return ''
  const broken = principles.filter((principle) => principle.judgement.state === 'missed').length
  const unknown = principles.filter((principle) => principle.judgement.state === 'unknown').length
  if (broken === 0)
    return unknown === 0 ? 'Every principle is held.' : `No principle is broken; ${unknown} of ${principles.length} cannot be judged.`
  return `${broken} of ${principles.length} principles ${broken === 1 ? 'is' : 'are'} broken.`
}
