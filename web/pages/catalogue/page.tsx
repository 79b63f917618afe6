import { Suspense } from 'react'
import { useLoaded, type Answer } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { placeOf, urls } from '../../app/urls.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { EmptyState } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { When } from '../../ui/text/index.ts'
import { catalogueAsk, KINDS, LISTED } from './asks.ts'
import classes from './catalogue.module.css'
import { Contradicted, ContradictedFilter } from './contradicted.tsx'

type Summary = Answer<'entity.list'>['entities'][number]

const COLUMNS: readonly Column<Summary>[] = [
  {
    key: 'title',
    head: 'Name',
    value: (row) => row.title,
    cell: (row) => (
      <>
        <Go to={placeOf(row.ref)} className="rowLink" title={row.ref}>
          {row.title}
        </Go>
        {row.description && <div className={classes.description}>{row.description}</div>}
      </>
    ),
  },
  { key: 'kind', head: 'Kind', value: (row) => row.kind, cell: (row) => [row.kind, row.type].filter(Boolean).join(', ') },
  { key: 'owner', head: 'Owner', value: (row) => ownerOf(row) ?? null, cell: (row) => <Owner row={row} /> },
  {
    key: 'lifecycle',
    head: 'Stage',
    value: (row) => row.lifecycle ?? row.status ?? null,
    cell: (row) => row.lifecycle ?? row.status ?? '',
  },
  { key: 'origin', head: 'Known from', value: (row) => row.origin, cell: (row) => ORIGINS[row.origin], wideOnly: true },
  {
    key: 'updated',
    head: 'Changed',
    align: 'end',
    value: (row) => row.updatedAt,
    cell: (row) => <When at={row.updatedAt} />,
    wideOnly: true,
  },
]

const ORIGINS: Record<Summary['origin'], string> = { file: 'a file', form: 'a form', inferred: 'what was seen' }
const OWNED = new Set(['component', 'api', 'resource', 'system', 'domain'])
/** What people write where a descriptor wants an owner and there is none. */
const NOBODY = /^(?:[a-z]+:)?(?:[^/]+\/)?(?:unknown|tbd|todo|none|nobody|n\/a)?$/i

function ownerOf(row: Summary): string | undefined {
  return row.owner && !NOBODY.test(row.owner) ? row.owner : undefined
}

export default function CataloguePage() {
  const { search, set } = useAddress()
  const { total, entities } = useLoaded(catalogueAsk(search))
  const table = useTableView()
  const filtered = Boolean(search.kind || search.q || search.owner)
  const only = Boolean(search.contradicted)
  if (total === 0 && !filtered) return <NothingYet />
  return (
    <Page title="Catalogue" asks="What do we have, and who owns it?" answer={<p>{inWords(total, entities)}</p>}>
      <div className={classes.filters} data-screen-only>
        <input
          type="search"
          key={search.q}
          defaultValue={search.q}
          placeholder="Find by name, description, tag"
          aria-label="Find in the catalogue"
          onKeyDown={(event) => event.key === 'Enter' && set({ q: event.currentTarget.value || undefined, page: undefined })}
          onBlur={(event) => event.target.value !== (search.q ?? '') && set({ q: event.target.value || undefined, page: undefined })}
        />
        <ul className={classes.kinds} aria-label="Kinds">
          {[undefined, ...KINDS].map((kind) => (
            <li key={kind ?? 'all'}>
              <button type="button" aria-pressed={search.kind === kind} onClick={() => set({ kind, page: undefined })}>
                {kind ? PLURALS[kind] : 'Everything'}
              </button>
            </li>
          ))}
        </ul>
        <Suspense>
          <ContradictedFilter on={only} onChange={(on) => set({ contradicted: on ? '1' : undefined, page: undefined })} />
        </Suspense>
        {search.owner && (
          <Button look="quiet" onClick={() => set({ owner: undefined })}>
            Owned by {search.owner} ×
          </Button>
        )}
      </div>
      {only ? (
        <Contradicted entities={entities} view={table} onAll={() => set({ contradicted: undefined, page: undefined })} />
      ) : (
        <DataTable
          caption="what we have"
          rows={entities}
          columns={COLUMNS}
          rowKey={(row) => row.ref}
          empty={
            <EmptyState
              title="Nothing matches"
              why="No entry has this kind, owner and these words together."
              action={<Button onClick={() => set({ kind: undefined, q: undefined, owner: undefined })}>Show everything</Button>}
            />
          }
          {...table}
        />
      )}
      {total > LISTED && (
        <p className="quiet small">
          The first {formatCount(LISTED)} of {formatCount(total)} are shown. Narrow by kind, owner or words to see the others.
        </p>
      )}
    </Page>
  )
}

const PLURALS: Record<(typeof KINDS)[number], string> = {
  component: 'Components',
  api: 'APIs',
  resource: 'Resources',
  system: 'Systems',
  domain: 'Domains',
  repository: 'Repositories',
  group: 'Groups',
  user: 'People',
  measure: 'Measures',
  exception: 'Exceptions',
}

function Owner({ row }: { row: Summary }) {
  const owner = ownerOf(row)
  if (owner) return <OwnerLink owner={owner} namespace={row.namespace} />
  return OWNED.has(row.kind.toLowerCase()) ? <span className={classes.nobody}>nobody</span> : null
}

/** An owner as written: a full reference, or a short one that means a group of the same namespace. */
function OwnerLink({ owner, namespace }: { owner: string; namespace: string }) {
  return (
    <GoTo id={/^\w+:/.test(owner) ? (owner.includes('/') ? owner : owner.replace(':', `:${namespace}/`)) : `group:${namespace}/${owner}`} />
  )
}

function inWords(total: number, entities: readonly Summary[]): string {
  const owned = entities.filter((entity) => OWNED.has(entity.kind.toLowerCase()))
  const orphans = owned.filter((entity) => !ownerOf(entity)).length
  const first = `${plural(total, 'entry', 'entries')}.`
  if (owned.length === 0) return first
  return orphans === 0
    ? `${first} Everything that needs an owner has one.`
    : `${first} Nobody owns ${formatCount(orphans)} of the ${formatCount(owned.length)} that need an owner.`
}

function NothingYet() {
  return (
    <Page title="Catalogue" asks="What do we have, and who owns it?">
      <EmptyState
        title="Components, systems, APIs and their owners would be here"
        why="Descriptor files you already have are read unchanged; the rest is found from repositories. Then every number can be told per component and per team."
        command="throughline apply path/to/catalog"
      />
      <p className="quiet small">
        Or scan a repository first: <Go to={urls.evidence()}>see where records come from</Go>.
      </p>
    </Page>
  )
}
