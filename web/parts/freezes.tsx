import { type Answer, ask } from '../api/index.ts'
import { useAct } from '../app/act.ts'
import { GoTo, shortName } from '../app/go.tsx'
import { momentOf, type Search } from '../app/search.ts'
import { Button } from '../ui/form/index.ts'
import { State } from '../ui/state/index.ts'
import { sentence } from '../ui/text/index.ts'
import classes from './happening.module.css'

export type Freeze = Answer<'gate.freezes'>['freezes'][number]

export const freezesAsk = (search: Search) => ask('gate.freezes', momentOf(search))

/** Spans of the freeze calendar; those of their own can be taken back. */
export function Freezes({ freezes }: { freezes: readonly Freeze[] }) {
  return (
    <ul className={classes.list}>
      {freezes.map((freeze) => (
        <li key={`${freeze.ref} ${freeze.rule} ${freeze.from} ${freeze.weekly}`}>
          <FreezeTold freeze={freeze} />
        </li>
      ))}
    </ul>
  )
}

function FreezeTold({ freeze }: { freeze: Freeze }) {
  const { act, busy } = useAct()
  const { ref, rule, covers, reason, exempt, by, state } = freeze
  const settle = (withdrawn: boolean) =>
    void act('gate.freeze.withdraw', { ref, withdrawn }, () => ({
      text: withdrawn ? 'Taken back: releases go on.' : 'Frozen again.',
      undo: () => settle(!withdrawn),
    }))
  return (
    <>
      <div>
        {state === 'in_force' && <State state="missed" words="Frozen" />}
        {state === 'coming' && <State state="at_risk" words="To come" quiet />}
        {state === 'over' && <span className="quiet">over</span>} {spanWords(freeze)}: {sentence(reason)}
        <div className="quiet small">
          {covers.map(coverWords).join(', ')}
          {exempt.length > 0 && `; ${exempt.map((purpose) => PURPOSES[purpose]).join(', ')} may go out`}
          {by && `; by ${shortName(by)}`}, <GoTo id={ref}>{rule === null ? 'record' : 'policy'}</GoTo>
        </div>
      </div>
      {rule === null && state !== 'over' && (
        <Button busy={busy} onClick={() => settle(true)}>
          Take it back<span className="visually-hidden">: {reason}</span>
        </Button>
      )}
    </>
  )
}

const PURPOSES: Record<Freeze['exempt'][number], string> = {
  feature: 'features',
  fix: 'fixes',
  reliability: 'work on reliability',
  security: 'security',
}

function spanWords({ from, to, weekly, zone }: Freeze): string {
  const span = weekly ?? `${wallWords(from!)} to ${wallWords(to!)}`
  return `${span}, ${zone} time`
}

/** `2026-12-18T18:00`, the clock on the wall of its zone, as people write it. */
function wallWords(wall: string): string {
  const day = new Date(`${wall.slice(0, 10)}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return wall.endsWith('T00:00') ? day : `${day} ${wall.slice(11)}`
}

function coverWords(cover: string): string {
  const kind = cover.slice(0, cover.indexOf(':'))
  if (kind !== 'namespace') return `${kind === 'system' ? 'system ' : ''}${shortName(cover)}`
  const name = cover.slice(kind.length + 1)
  return `all of ${name === 'default' ? 'ours' : name}`
}
