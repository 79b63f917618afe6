import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/index.ts'
import { useAddress } from '../app/address.ts'
import { explain } from '../app/failures.tsx'
import { Go, GoTo } from '../app/go.tsx'
import { momentOf, standpointOf } from '../app/search.ts'
import { urls } from '../app/urls.ts'
import { readerZone } from '../app/zone.ts'
import { unbroken } from '../ui/figure/index.ts'
import { Waiting } from '../ui/feedback/index.ts'
import { Section } from '../ui/page/index.ts'
import { sentence } from '../ui/text/index.ts'
import classes from './parts.module.css'
import { saidWords, VerdictState } from './verdict.tsx'

/** What is thought to move a measure, each with its verdict. Asked for when the page stands: it reads a year of every one. */
export function DriversOf({ measure, subject }: { measure: string; subject: string }) {
  const { search } = useAddress()
  const { asOf } = momentOf(search)
  const found = useQuery(ask('drivers', { measure, subject, zone: readerZone(), ...(asOf ? { asOf } : {}) }))
  const { scope } = standpointOf(search)
  const map = (
    <Go to={urls.drivers()} search={scope ? { scope } : {}}>
      Map of drivers
    </Go>
  )
  return (
    <Section title="What moves it" note="stated by somebody, held against what was measured" actions={map}>
      {found.data ? (
        found.data.drivers.length === 0 ? (
          <p className="quiet">Nobody has said what moves it. It can be said on the map of drivers.</p>
        ) : (
          <ul className={classes.drivers}>
            {found.data.drivers.map((driver) => (
              <li key={driver.measure}>
                <span>
                  <VerdictState verdict={driver.verdict} /> <GoTo id={driver.measure}>{driver.title}</GoTo>{' '}
                  <span className="quiet small">{saidWords(driver)}</span>
                </span>
                <span className="small">{unbroken(driver.why)}</span>
              </li>
            ))}
          </ul>
        )
      ) : found.error ? (
        <p>They could not be tested: {sentence(explain(found.error).why)}</p>
      ) : (
        <Waiting height="6rem" />
      )}
    </Section>
  )
}
