import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { Button, TextField } from '../../ui/form/index.ts'
import { FormDialog } from '../../ui/overlay/index.ts'
import { namespaceOf, trialAsk, type Tree, type TreeNode } from './asks.ts'
import { DriverFields, lagTrouble, type Said, statedOf } from './driver-fields.tsx'
import classes from './drivers.module.css'
import { Tested } from './tested.tsx'
import { useDriverEdit } from './use-edit.ts'

/** Says that one measure drives another; it can be tried first. */
export function AddDriver({ tree, onClose }: { tree: Tree; onClose: () => void }) {
  const { search } = useAddress()
  const namespace = namespaceOf(search)
  const listed = useQuery(ask('measure.list', { namespace })).data?.measures ?? []
  const { edit, busy } = useDriverEdit(namespace)
  const [measure, setMeasure] = useState('')
  const [driver, setDriver] = useState('')
  const [said, setSaid] = useState<Said>({ direction: '', lag: '' })
  const [trial, setTrial] = useState<Parameters<typeof trialAsk>[1]>()
  const offers = listed.map(({ id, title }) => ({ value: id, label: title }))
  const known = (id: string) => listed.some((one) => one.id === id) || tree.nodes.some((node) => node.id === id)
  const trouble = troubleOf({ measure, driver, tree, known: listed.length === 0 ? () => true : known })
  const ready = measure !== '' && driver !== '' && !trouble.measure && !trouble.driver && !lagTrouble(said.lag)
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value)
      setTrial(undefined)
    }
  const save = async () => {
    const node = tree.nodes.find(({ id }) => id === measure) ?? nodeOf(measure, listed)
    if (await edit(node, (drivers) => [...drivers, statedOf(driver, said)], `${driver} is thought to move ${measure}.`)) onClose()
  }
  return (
    <FormDialog
      title="Add a driver"
      verb="Add"
      busy={busy}
      disabled={!ready}
      onSubmit={() => void save()}
      onClose={onClose}
      beside={
        <Button disabled={!ready} onClick={() => setTrial({ measure, driver, ...said, lag: said.lag.trim() })}>
          Try it
        </Button>
      }
    >
      <TextField
        label="Measure"
        hint="What is moved."
        value={measure}
        onChange={change(setMeasure)}
        offers={offers}
        placeholder="business.support_contacts"
        error={trouble.measure}
      />
      <TextField
        label="Driver"
        hint="What is thought to move it."
        value={driver}
        onChange={change(setDriver)}
        offers={offers}
        placeholder="delivery.change_failure_rate"
        error={trouble.driver}
      />
      <DriverFields said={said} onChange={change(setSaid)} />
      {trial && <Trial trial={trial} />}
    </FormDialog>
  )
}

function Trial({ trial }: { trial: Parameters<typeof trialAsk>[1] }) {
  const { search } = useAddress()
  const found = useQuery(trialAsk(search, trial))
  const driver = found.data?.drivers[0]
  return (
    <div className={classes.trial} aria-live="polite">
      {driver ? (
        <Tested driver={driver} />
      ) : found.error ? (
        <ErrorState {...explain(found.error)} what="It could not be tested" />
      ) : (
        <Waiting height="6rem" />
      )}
    </div>
  )
}

interface Asked {
  measure: string
  driver: string
  tree: Tree
  known: (id: string) => boolean
}

/** What stands in the way of saying it; a field nobody has touched is not told off. */
function troubleOf({ measure, driver, tree, known }: Asked): { measure?: string; driver?: string } {
  const unknown = 'No measure has this id; choose one of the list.'
  const stated = tree.edges.some((edge) => edge.kind === 'driver' && edge.upper === measure && edge.lower === driver)
  return {
    ...(measure && !known(measure) ? { measure: unknown } : {}),
    ...(driver && !known(driver)
      ? { driver: unknown }
      : driver && driver === measure
        ? { driver: 'A measure does not drive itself.' }
        : stated
          ? { driver: 'This driver is stated already; open it on the map to change it.' }
          : {}),
  }
}

function nodeOf(
  id: string,
  listed: readonly { id: string; title: string; question: string; unit: string; better?: 'higher' | 'lower' | undefined }[],
): TreeNode {
  const found = listed.find((one) => one.id === id)
  return {
    id,
    kind: 'measure',
    title: found?.title ?? id,
    ...(found?.unit ? { unit: found.unit } : {}),
    ...(found?.better ? { better: found.better } : {}),
    ...(found ? { question: found.question } : {}),
  }
}
