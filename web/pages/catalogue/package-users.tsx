import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { GoTo, titled } from '../../app/go.tsx'
import { Waiting } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { howOf, type UsedPackage, usersAsk } from './packages-ask.ts'
import classes from './packages.module.css'
import { UnknownVersion } from './unknown-version.tsx'

type Named = Pick<UsedPackage, 'ecosystem' | 'name'>

/** Who is built on one package, by version. */
export function PackageUsers({ from, onClose, ...named }: Named & { from: string; onClose: () => void }) {
  return (
    <SidePanel title={named.name} onClose={onClose}>
      <Suspense fallback={<Waiting height="12rem" />}>
        <Users named={named} from={from} />
      </Suspense>
    </SidePanel>
  )
}

function Users({ named, from }: { named: Named; from: string }) {
  const { search } = useAddress()
  const { packages } = useLoaded(usersAsk(named, search))
  const found = packages.find(({ name }) => name === named.name)
  if (!found) return <p className="quiet">Nothing that was scanned is built on it.</p>
  return (
    <>
      <p>
        {plural(found.used, 'component is', 'components are')} built on this {named.ecosystem} package, in{' '}
        {plural(found.versions.length, 'version', 'versions')}.
      </p>
      <ul className={classes.list}>
        {found.versions.map((one) => {
          const users = [...Map.groupBy(one.users, ({ ref }) => ref)]
          return (
            <li key={`${one.version} ${one.asked} ${one.because}`} className={classes.group}>
              <h3 className={classes.groupHead}>
                {one.version ?? <UnknownVersion asked={one.asked} because={one.because} />}
                <span className="quiet small"> {plural(users.length, 'component', 'components')}</span>
              </h3>
              <div className={classes.bar} aria-hidden>
                <span style={{ inlineSize: `${(100 * users.length) / Math.max(1, found.used)}%` }} />
              </div>
              <ul className={classes.list}>
                {users.map(([ref, ways]) => (
                  <li key={ref}>
                    {ref === from ? <b>{titled(ref, ways[0]?.title ?? '')}</b> : <GoTo id={ref}>{titled(ref, ways[0]?.title ?? '')}</GoTo>}{' '}
                    <span className="quiet small">{howOf(ways)}</span>
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
      {found.more > 0 && <p className="quiet small">And {plural(found.more, 'more component', 'more components')}.</p>}
    </>
  )
}
