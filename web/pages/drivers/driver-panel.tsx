import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { GoTo } from '../../app/go.tsx'
import { ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { driversAsk, namespaceOf, type TreeEdge, type TreeNode } from './asks.ts'
import { DriverFields, lagTrouble, type Said, statedOf } from './driver-fields.tsx'
import classes from './drivers.module.css'
import { Tested } from './tested.tsx'
import { useDriverEdit } from './use-edit.ts'

/** One driver: its verdict with the numbers, what is said of it, and how to change or drop it. */
export function DriverPanel({
  edge,
  upper,
  lower,
  onClose,
}: {
  edge: TreeEdge
  upper: TreeNode
  lower: TreeNode | undefined
  onClose: () => void
}) {
  const { search } = useAddress()
  const found = useQuery(driversAsk(search, edge.upper))
  const driver = found.data?.drivers.find(({ measure }) => measure === edge.lower)
  const title = lower?.title ?? edge.lower
  return (
    <SidePanel title={`${title} drives ${upper.title}?`} onClose={onClose}>
      <p>
        <GoTo id={edge.lower}>{title}</GoTo> is thought to move <GoTo id={edge.upper}>{upper.title}</GoTo>.
      </p>
      {driver ? (
        <Tested driver={driver} />
      ) : found.error ? (
        <ErrorState {...explain(found.error)} what="It could not be tested" />
      ) : (
        <Waiting height="9rem" />
      )}
      {search.asOf ? (
        <p className="quiet small">As it was known on {search.asOf}; what is said can be changed in the present.</p>
      ) : (
        <Change edge={edge} upper={upper} title={title} onClose={onClose} />
      )}
    </SidePanel>
  )
}

function Change({ edge, upper, title, onClose }: { edge: TreeEdge; upper: TreeNode; title: string; onClose: () => void }) {
  const { search } = useAddress()
  const { edit, busy } = useDriverEdit(namespaceOf(search))
  const [said, setSaid] = useState<Said>({ direction: edge.direction ?? '', lag: edge.lag ?? '' })
  const same = said.direction === (edge.direction ?? '') && said.lag.trim() === (edge.lag ?? '')
  const save = async () => {
    const changed = await edit(
      upper,
      (drivers) => drivers.map((one) => (one.measure === edge.lower ? statedOf(edge.lower, said) : one)),
      `${title}: saved.`,
    )
    if (changed) onClose()
  }
  const drop = async () => {
    if (
      await edit(upper, (drivers) => drivers.filter(({ measure }) => measure !== edge.lower), `${title} drives ${upper.title} no longer.`)
    )
      onClose()
  }
  return (
    <section className={classes.change}>
      <h3>What is said of it</h3>
      <DriverFields said={said} onChange={setSaid} />
      <div className={classes.buttons}>
        <Button look="primary" busy={busy} disabled={same || Boolean(lagTrouble(said.lag))} onClick={() => void save()}>
          Save
        </Button>
        <Button look="danger" busy={busy} onClick={() => void drop()}>
          Drop this driver
        </Button>
      </div>
    </section>
  )
}
