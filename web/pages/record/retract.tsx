import { useAct } from '../../app/act.ts'
import { Button } from '../../ui/form/index.ts'

/** Takes a record back, or gives it again; both can be undone at once. */
export function Retract({ id, subject, retracted }: { id: string; subject: string; retracted: boolean }) {
  const { act, busy } = useAct()
  const settle = (undo: boolean): void =>
    void act('retract', { what: id, subject, undo }, () => ({
      text: undo ? 'Counts again.' : 'Taken back. It counts no longer.',
      undo: () => settle(!undo),
    }))
  return (
    <Button
      busy={busy}
      onClick={() => settle(retracted)}
      title={retracted ? 'Let this record count again' : 'Say that this record is wrong: it stays readable but counts no longer'}
    >
      {retracted ? 'Count it again' : 'Take it back'}
    </Button>
  )
}
