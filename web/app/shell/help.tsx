import { Fragment } from 'react'
import { Dialog } from '../../ui/overlay/index.ts'
import { State, STATES_WORST_FIRST, type StateName } from '../../ui/state/index.ts'
import { PAGE_GROUPS } from '../pages.ts'
import classes from './help.module.css'

const MEANS: Record<StateName, string> = {
  met: 'the target is reached',
  on_course: 'at this pace it will be reached in time',
  at_risk: 'at this pace it will be missed',
  missed: 'the date has passed, or the limit is broken',
  unknown: 'there are not enough records to say; never counted as good',
}

/** What keys do, what pages answer, what the signs mean. */
export default function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Help" onClose={onClose} wide>
      <h3 className={classes.head}>Keys</h3>
      <dl className={classes.keys}>
        <Key keys={['/']} does="search everything" />
        <Key keys={['?']} does="this help" />
        <Key keys={['Esc']} does="close a panel" />
      </dl>
      <h3 className={classes.head}>Pages</h3>
      {PAGE_GROUPS.map(({ asks, pages }) => (
        <Fragment key={asks}>
          <h4 className={classes.question}>{asks}</h4>
          <dl className={classes.keys}>
            {pages.map((page) => (
              <Key key={page.to} keys={['g', page.letter]} does={`${page.label}: ${page.asks}`} />
            ))}
          </dl>
        </Fragment>
      ))}
      <h3 className={classes.head}>Signs</h3>
      <dl className={classes.keys}>
        {STATES_WORST_FIRST.map((state) => (
          <div key={state}>
            <dt>
              <State state={state} />
            </dt>
            <dd>{MEANS[state]}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.head}>Numbers</h3>
      <p className="small">
        n is how many records stand behind a number. Two values with a percentage after them are an interval: the true value lies between
        them with that certainty. Every number opens its records. Words with a dotted line explain themselves.
      </p>
    </Dialog>
  )
}

function Key({ keys, does }: { keys: readonly string[]; does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  )
}
