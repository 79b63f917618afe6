import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go } from '../../app/go.tsx'
import { EmptyState, Waiting } from '../../ui/feedback/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable, FilterField } from '../../ui/table/index.ts'
import { builtOfAsk, howOf, packageIn, packageKey, type Packages as Found, pageOf, SHOWN, type UsedPackage } from './packages-ask.ts'
import { PackageUsers } from './package-users.tsx'
import classes from './packages.module.css'
import { UnknownVersion } from './unknown-version.tsx'

const BUILT = new Set(['component', 'repository'])

/** What a component is built of, as its lock files and manifests say; nothing for things that are not built. */
export function Packages({ reference, kind }: { reference: string; kind: string }) {
  const { search, set } = useAddress()
  const open = packageIn(search.uses)
  if (!BUILT.has(kind.toLowerCase())) return null
  return (
    <>
      <Suspense fallback={<Waiting height="12rem" gap="1.5rem" />}>
        <BuiltOf reference={reference} />
      </Suspense>
      {open && <PackageUsers {...open} from={reference} onClose={() => set({ uses: undefined })} />}
    </>
  )
}

function BuiltOf({ reference }: { reference: string }) {
  const { search, set } = useAddress()
  const found = useLoaded(builtOfAsk(reference, search))
  const { built, packages, total } = found
  if (!built || built.files.length === 0)
    return (
      <Section title="Packages" id="packages">
        <EmptyState
          title="The packages it is built of would be here"
          why="No lock file or manifest of it was read, so they are unknown. A scan reads those of npm, Yarn, pnpm, Maven, Go, Python and Cargo."
          command="throughline scan path/to/repository"
        />
      </Section>
    )
  const page = pageOf(search)
  const last = Math.max(1, Math.ceil(total / SHOWN))
  return (
    <Section title="Packages" id="packages" note={inWords(built)}>
      <div className={classes.find} data-screen-only>
        <FilterField
          label="Find a package"
          words={search.package ?? ''}
          onWords={(words) => set({ package: words || undefined, packagePage: undefined })}
        />
      </div>
      {packages.length > 0 ? (
        <DataTable
          caption="packages it is built of"
          rows={packages}
          columns={COLUMNS}
          rowKey={packageKey}
          current={search.uses}
          view={NO_VIEW}
          onView={() => {}}
        />
      ) : (
        <p className="quiet">
          {search.package ? `No package of it begins with “${search.package}”.` : 'The files that were read name none.'}
        </p>
      )}
      {last > 1 && (
        <nav className={classes.pages} aria-label="Pages of packages" data-screen-only>
          <Button look="quiet" disabled={page <= 1} onClick={() => set({ packagePage: page === 2 ? undefined : page - 1 })}>
            Previous
          </Button>
          <span className="quiet small">
            {formatCount(page)} of {formatCount(last)}
          </span>
          <Button look="quiet" disabled={page >= last} onClick={() => set({ packagePage: page + 1 })}>
            Next
          </Button>
        </nav>
      )}
      <Files files={built.files} />
    </Section>
  )
}

const NO_VIEW = {}

const COLUMNS: readonly Column<UsedPackage>[] = [
  {
    key: 'name',
    head: 'Package',
    cell: (row) => (
      <span className={classes.name}>
        <PackageLink row={row} /> <span className="quiet small">{row.ecosystem}</span>
      </span>
    ),
  },
  {
    key: 'version',
    head: 'Version',
    cell: ({ versions }) => (
      <ul className={classes.list}>
        {versions.map((one) => (
          <li key={`${one.version} ${one.asked}`}>
            {one.version === null ? (
              <UnknownVersion asked={one.asked} because={one.because} />
            ) : (
              <span className={classes.version}>{one.version}</span>
            )}
            {one.local && <span className="quiet small"> from this repository</span>}
          </li>
        ))}
      </ul>
    ),
  },
  {
    key: 'how',
    head: 'How it comes in',
    cell: ({ versions }) => howOf(versions.flatMap(({ users }) => users)),
  },
  {
    key: 'file',
    head: 'Said by',
    wideOnly: true,
    cell: ({ versions }) => (
      <ul className={classes.list}>
        {[...new Set(versions.flatMap(({ users }) => users.map(({ file }) => file)))].map((file) => (
          <li key={file} className={classes.file}>
            <code>{file}</code>
          </li>
        ))}
      </ul>
    ),
  },
]

function PackageLink({ row }: { row: UsedPackage }) {
  const { search } = useAddress()
  return (
    <Go to="." search={{ ...search, uses: packageKey(row) }} resetScroll={false} className="rowLink" title="Who else uses it">
      {row.name}
    </Go>
  )
}

function inWords({ packages, direct, development }: NonNullable<Found['built']>): string {
  const parts = [
    `${formatCount(direct)} asked for directly`,
    ...(development > 0 ? [`${formatCount(development)} for development alone`] : []),
  ]
  return `${plural(packages, 'package', 'packages')}, ${parts.join(', ')}`
}

/** The files behind it; one that could not be read leaves its packages unknown. */
function Files({ files }: { files: NonNullable<Found['built']>['files'] }) {
  const unread = files.filter((file) => file.unread !== null)
  return (
    <>
      <p className="quiet small">
        From {files.length <= 3 ? files.map(({ file }) => file).join(', ') : plural(files.length, 'file', 'files')}.
      </p>
      {unread.map(({ repository, file, unread: because }) => (
        <p key={`${repository} ${file}`} className={classes.unread}>
          {file} tells no packages, because {because}. What it locks is unknown.
        </p>
      ))}
    </>
  )
}
