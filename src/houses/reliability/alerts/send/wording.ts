import { refName } from '../../../../ground/core/index.ts'
import {
  type AlertsNotice,
  type ChangesNotice,
  endsWords,
  headline,
  leftWords,
  type Notice,
  type NoticeAlert,
  type NoticeChange,
  wordsOf,
} from '../notice.ts'
import { alertsPage, measurePage, measuresPage } from './link.ts'

/** A link of a message. */
interface Link {
  label: string
  url: string
}

/** One thing a message tells. */
export interface Line {
  /** What kind of news it is, for a mark before it. */
  mark: 'page' | 'ticket' | 'over' | 'worse' | 'better' | 'changed'
  /** The same as a word. */
  label: string
  text: string
  /** Said after it where there is room. */
  more: string
  since: string | null
  link: Link | null
}

/** What a notice says, whichever way it is sent. */
export interface Wording {
  headline: string
  /** Whom or what it is about. */
  about: string
  lines: Line[]
  /** Where it is looked after; null where nobody said at which address people reach this installation. */
  link: Link | null
}

export function wordingOf(notice: Notice): Wording {
  return notice.type === 'slo.alerts' ? ofAlerts(notice) : ofChanges(notice)
}

function ofAlerts(notice: AlertsNotice): Wording {
  const url = alertsPage(notice.service)
  const words = wordsOf(notice)
  return {
    headline: headline(notice),
    about: notice.service,
    lines: notice.alerts.map((alert) => alertLine(alert, words(alert))),
    link: url === null ? null : { label: 'Acknowledge or silence', url },
  }
}

function alertLine(alert: NoticeAlert, text: string): Line {
  const { event, severity, runbook, since } = alert
  const fires = event === 'firing'
  return {
    mark: fires ? (severity === 'page' ? 'page' : 'ticket') : 'over',
    label: fires ? severity : 'over',
    text,
    more: [leftWords(alert), endsWords(alert)].filter(Boolean).join(' '),
    since,
    link: runbook && fires ? { label: 'What to do', url: runbook } : null,
  }
}

function ofChanges({ scope, changes }: ChangesNotice): Wording {
  const url = measuresPage(scope)
  return {
    headline: `${scope}: ${changesWords(changes)}`,
    about: `namespace:${scope}`,
    lines: changes.map((change) => changeLine(change, scope)),
    link: url === null ? null : { label: 'All that changed lately', url },
  }
}

/** "2 measures changed level, 1 for the worse" */
function changesWords(changes: readonly NoticeChange[]): string {
  const [first] = changes
  const worse = changes.filter(({ effect }) => effect === 'worse').length
  if (changes.length === 1) {
    const whose = first!.subject.startsWith('namespace:') ? '' : ` of ${refName(first!.subject)}`
    return `${first!.title}${whose} changed level${first!.effect ? `, for the ${first!.effect}` : ''}`
  }
  return `${changes.length} measures changed level${worse > 0 ? `, ${worse} for the worse` : ''}`
}

function changeLine({ measure, subject, effect, words }: NoticeChange, scope: string): Line {
  const url = measurePage(measure, subject, scope)
  return {
    mark: effect ?? 'changed',
    label: effect ?? 'changed',
    text: words,
    more: '',
    since: null,
    link: url === null ? null : { label: 'Open the measure', url },
  }
}
