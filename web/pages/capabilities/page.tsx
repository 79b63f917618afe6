import { useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { State } from '../../ui/state/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { capitalised } from '../../ui/text/index.ts'
import { capabilitiesAsk, type Capability } from './asks.ts'
import classes from './capabilities.module.css'

const ASKS = 'What is built once, who uses it, and who builds it again?'

/** What components provide to others, who takes it from them, and who has their own although it is shared. */
export default function CapabilitiesPage() {
  const { search } = useAddress()
  const { capabilities } = useLoaded(capabilitiesAsk(search))
  const table = useTableView()
  return (
    <Page
      title="Capabilities"
      asks={ASKS}
      answer={<p>{inWords(capabilities)}</p>}
      actions={
        capabilities.length > 0 && (
          <Go to={urls.measure('platform.reuse')} className={buttonClass}>
            Reuse over time
          </Go>
        )
      }
    >
      <DataTable
        caption="capabilities"
        rows={capabilities.toSorted((a, b) => b.unmet.length - a.unmet.length || (a.name < b.name ? -1 : 1))}
        columns={COLUMNS}
        rowKey={({ name }) => name}
        filterBy={({ name, providers }) => `${name} ${providers.map(({ title, ref }) => `${title} ${ref}`).join(' ')}`}
        empty={
          <EmptyState
            title="What components provide to others would be here"
            why="Say it where a component is described: a tag capability:payments, or spec.provides. Then this page tells who uses what is shared, and who has built the same thing again."
            command="throughline apply throughline/"
            action={
              <Go to={urls.catalogue()} className={buttonClass}>
                Open the catalogue
              </Go>
            }
          />
        }
        {...table}
      />
    </Page>
  )
}

const COLUMNS: readonly Column<Capability>[] = [
  { key: 'name', head: 'Capability', value: ({ name }) => name, cell: ({ name }) => <b>{capitalised(name)}</b> },
  {
    key: 'shared',
    head: 'Shared by',
    value: (row) => sharedIn(row)[0]?.title ?? null,
    cell: (row) => <Providers providers={sharedIn(row)} none="nobody" />,
  },
  {
    key: 'users',
    head: 'Used by',
    value: (row) => usersOf(row).length,
    cell: (row) => <Names refs={usersOf(row)} none="nobody" />,
  },
  {
    key: 'again',
    head: 'Built again by',
    value: ({ unmet }) => unmet.length,
    cell: ({ unmet }) =>
      unmet.length === 0 ? (
        <State state="met" words="nobody" quiet />
      ) : (
        <div className={classes.again}>
          <State state="at_risk" words={plural(unmet.length, 'component')} quiet /> <Names refs={unmet} none="nobody" />
        </div>
      ),
  },
]

function sharedIn({ providers }: Capability): Capability['providers'] {
  return providers.filter(({ shared }) => shared)
}

function usersOf(row: Capability): string[] {
  return [...new Set(sharedIn(row).flatMap(({ users }) => users))].sort()
}

function Providers({ providers, none }: { providers: Capability['providers']; none: string }) {
  if (providers.length === 0) return <span className="quiet">{none}</span>
  return (
    <>
      {providers.map(({ ref, title, owner }) => (
        <div key={ref}>
          <GoTo id={ref}>{title}</GoTo> {owner && <span className="quiet small">{shortName(owner)}</span>}
        </div>
      ))}
    </>
  )
}

function Names({ refs, none }: { refs: readonly string[]; none: string }) {
  if (refs.length === 0) return <span className="quiet">{none}</span>
  return (
    <span>
      {refs.map((ref, index) => (
        <span key={ref}>
          {index > 0 && ', '}
          <GoTo id={ref} />
        </span>
      ))}
    </span>
  )
}

/** "3 capabilities, all shared. 2 are built again: authentication by fleet, notifications by depot-scanner." */
function inWords(capabilities: readonly Capability[]): string {
  if (capabilities.length === 0) return 'Nobody has said yet what is built for others.'
  const shared = capabilities.filter((one) => sharedIn(one).length > 0).length
  const again = capabilities.filter(({ unmet }) => unmet.length > 0)
  const said = again.slice(0, 3).map(({ name, unmet }) => `${name} by ${unmet.map(shortName).join(' and ')}`)
  const built =
    again.length === 0
      ? 'None is built again.'
      : `${again.length} ${again.length === 1 ? 'is' : 'are'} built again: ${said.join(', ')}${again.length > said.length ? ' and more' : ''}.`
  return `${plural(capabilities.length, 'capability', 'capabilities')}, ${shared === capabilities.length ? 'all' : `${shared} of them`} shared. ${built}`
}
