import { useState } from 'react'
import type { Answer } from '../../api/index.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { WithRefs } from '../../parts/with-refs.tsx'
import { Button } from '../../ui/form/index.ts'
import classes from './gaps.module.css'

type Gap = Answer<'gaps'>['gaps'][number]

const SHOWN = 4

/** Holes between intent and work, by what kind of hole, each with its fix. */
export function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  const groups = [...Map.groupBy(gaps, (gap) => gap.code)].sort((a, b) => rank(a[0]) - rank(b[0]))
  return (
    <section className={classes.gaps} aria-label="Gaps">
      <h2>
        Gaps <span className="quiet">{gaps.length}</span>
      </h2>
      {groups.length === 0 && <p className="quiet">None: every outcome has work, and work has outcomes.</p>}
      <div className={classes.gapGroups}>
        {groups.map(([code, found]) => (
          <GapGroup key={code} code={code} gaps={found} />
        ))}
      </div>
    </section>
  )
}

function GapGroup({ code, gaps }: { code: string; gaps: readonly Gap[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? gaps : gaps.slice(0, SHOWN)
  const fixes = new Set(gaps.map(fixWords))
  const [sharedFix] = gaps.length > 1 && fixes.size === 1 ? fixes : []
  return (
    <div className={classes.gapGroup}>
      <h3>
        {words(code)} <span className="quiet">{gaps.length}</span>
      </h3>
      {sharedFix && <p className="quiet small">{sharedFix}</p>}
      <ul>
        {shown.map((gap) => (
          <li key={`${gap.ref} ${gap.message}`}>
            <WithRefs>{gap.message}</WithRefs> <WayOut gap={gap} />
            {!sharedFix && (
              <div className="quiet small">
                <WithRefs>{gap.fix}</WithRefs>
              </div>
            )}
          </li>
        ))}
      </ul>
      {gaps.length > SHOWN && (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${gaps.length}`}
        </Button>
      )}
    </div>
  )
}

/** Where the hole can be closed: the thing itself, or the suggestions where it is about all work. */
function WayOut({ gap }: { gap: Gap }) {
  if (gap.ref.startsWith('namespace:')) {
    return (
      <Go to={urls.evidence()} search={{ tab: 'suggestions' }}>
        See the suggestions
      </Go>
    )
  }
  return (
    <GoTo id={gap.ref}>
      Open&nbsp;it<span className="visually-hidden">: {gap.ref}</span>
    </GoTo>
  )
}

/** A fix that names the thing is the same fix for every thing of its kind. */
function fixWords(gap: Gap): string {
  return gap.fix.replaceAll(`"Serves: ${gap.ref}"`, '"Serves:" and its name').replaceAll(gap.ref, 'it')
}

/** What costs most first: outcomes nobody works on, work that serves nothing. */
const ORDER = [
  'outcome_without_work',
  'work_without_outcome',
  'outcome_without_measure',
  'outcome_without_owner',
  'principle_uncited',
  'exception_expired',
  'component_without_owner',
]

function rank(code: string): number {
  const place = ORDER.indexOf(code)
  return place === -1 ? ORDER.length : place
}

/** What readers call the holes whose code alone would puzzle them. */
const NAMES: Record<string, string> = {
  principle_uncited: 'Principle no decision cites',
  principle_cited_both_ways: 'Principle argued for and against',
  principle_without_signal: 'Principle nothing measures',
  exception_expired: 'Exception that has ended',
  decision_unwatchable: 'Decision that rests on what nobody can read',
  superseding_circle: 'Decisions that replace each other in a circle',
  superseding_one_sided: 'Replacement only one side knows of',
  dangling_reference: 'Reference to nothing declared',
}

/** `outcome_without_work` → "Outcome without work". */
function words(code: string): string {
  if (NAMES[code]) return NAMES[code]
  const text = code.replaceAll(/[._]/g, ' ')
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
}
