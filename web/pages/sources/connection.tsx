import { useLoaded } from '../../api/index.ts'
import { useAct } from '../../app/act.ts'
import { useNames, useTableView } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { formatCount, formatQuantity } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { connectionAsk, kindsAsk } from './asks.ts'
import { EditSettings } from './edit-settings.tsx'
import { FirstDelivery, Told } from './first-delivery.tsx'
import { GiveSecrets } from './give-secrets.tsx'
import { Reading } from './reading.tsx'
import { Remove } from './remove.tsx'
import { Renew } from './renew.tsx'
import classes from './sources.module.css'
import { type Connection, STATE_WORDS, totalOf } from './state.ts'

type Day = Connection['days'][number]

const count = (
  key: keyof Day & ('deliveries' | 'accepted' | 'revised' | 'duplicates' | 'rejected' | 'ignored' | 'refused'),
  head: string,
): Column<Day> => ({
  key,
  head,
  align: 'end',
  value: (row) => row[key],
  cell: (row) => formatCount(row[key]),
})
const COLUMNS: readonly Column<Day>[] = [
  { key: 'day', head: 'Day', value: (row) => row.day, cell: (row) => <When at={row.day} /> },
  count('deliveries', 'Deliveries'),
  count('accepted', 'New'),
  count('revised', 'Revised'),
  count('duplicates', 'Known already'),
  count('rejected', 'Rejected'),
  count('ignored', 'Carried nothing'),
  count('refused', 'Turned away'),
  {
    key: 'delay',
    head: 'Mean delay',
    align: 'end',
    value: (row) => row.lagSeconds,
    cell: (row) => (row.lagSeconds === null ? <span className="quiet">unknown</span> : formatQuantity(row.lagSeconds, 's')),
  },
]

/** One connection: how it is doing, by day, and what can be done about it. */
export default function ConnectionPage() {
  const { id = '' } = useNames()
  const connection = useLoaded(connectionAsk(id))
  const source = useLoaded(kindsAsk()).sources.find(({ kind }) => kind === connection.source)
  const { act, busy } = useAct()
  const table = useTableView()
  const { mark, word, meaning } = STATE_WORDS[connection.state]
  const isReadAlone = connection.state === 'flowing' && totalOf(connection, (day) => day.deliveries) === 0
  const pause = (paused: boolean): void =>
    void act('connection.pause', { id, paused }, () => ({
      text: paused ? 'Paused. Senders that repeat lose nothing.' : 'Resumed.',
      undo: () => pause(!paused),
    }))
  return (
    <Page
      title={connection.name}
      asks={`Does ${connection.title} tell us what happens?`}
      above={<Go to={urls.sources()}>Sources</Go>}
      answer={
        <p>
          <span className={classes.state} data-state={connection.state}>
            <span aria-hidden>{mark}</span> {word}
          </span>
          . {isReadAlone ? 'What happens there is read by ourselves; nothing was pushed of late.' : meaning}
        </p>
      }
      actions={
        <>
          <Button busy={busy} onClick={() => pause(connection.state !== 'paused')}>
            {connection.state === 'paused' ? 'Resume' : 'Pause'}
          </Button>
          <Remove connection={connection} />
        </>
      }
    >
      <Section title={source?.pushes === false ? 'Read last' : 'Last delivery'}>
        {connection.lastEvent ? <Told event={connection.lastEvent} /> : <FirstDelivery id={id} pushes={source?.pushes !== false} />}
      </Section>
      {connection.lastRefusal && (
        <Section title="Last turned away">
          <p className={classes.trouble}>
            {connection.lastRefusal.message} <When at={connection.lastRefusal.at} clock />
          </p>
        </Section>
      )}
      {source?.pushes && (
        <Section title="Address and secret" note="kept sealed and not shown; a new one takes the place of the old">
          <GiveSecrets id={id} source={source} />
          <Renew id={id} title={source.title} />
        </Section>
      )}
      {source && (
        <Section title="Settings" note="secrets are kept sealed and not shown">
          <EditSettings connection={connection} source={source} />
        </Section>
      )}
      {(connection.pulls || connection.progress) && (
        <Section title="The past" note="what is read by ourselves, and again at an interval">
          <Reading connection={connection} />
        </Section>
      )}
      <Section title="By day" note="the last two weeks">
        <DataTable
          caption="days"
          rows={connection.days.toReversed()}
          columns={COLUMNS}
          rowKey={(row) => row.day}
          empty={<p className="quiet">No day with deliveries yet.</p>}
          {...table}
        />
      </Section>
    </Page>
  )
}
