import {
  type Icon,
  IconBellRinging,
  IconBook2,
  IconCoins,
  IconBriefcase,
  IconChartLine,
  IconCompass,
  IconFileText,
  IconFlask,
  IconGitBranch,
  IconHeartbeat,
  IconInbox,
  IconNotebook,
  IconPlugConnected,
  IconRoute,
  IconScale,
  IconShieldHalf,
  IconSitemap,
  IconSunrise,
  IconTargetArrow,
  IconTrafficLights,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react'
import { urls } from './urls.ts'

export interface PageEntry {
  to: string
  label: string
  /** `g` then this letter. */
  letter: string
  icon: Icon
  /** The question the page answers, for the help. */
  asks: string
  /** The page it stands beside: no entry of its own in the navigation, but one in the row of pages that belong together. */
  beside?: string
  /** What it is called in that row, where it is not its label. */
  tab?: string
}

/** The pages, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  { to: urls.monday(), label: 'Monday', letter: 'm', icon: IconSunrise, asks: 'Are we on course, and what should we decide?' },
  { to: urls.vision(), label: 'Vision', letter: 'v', icon: IconCompass, asks: 'Where do we want to go, and does it hold?' },
  {
    to: urls.reviews(),
    label: 'Reviews',
    letter: 'r',
    icon: IconUsersGroup,
    asks: 'Do product, business and engineering still want the same?',
  },
  { to: urls.throughline(), label: 'Throughline', letter: 't', icon: IconRoute, asks: 'Which work moves which outcome?' },
  { to: urls.work(), label: 'Work', letter: 'w', icon: IconBriefcase, asks: 'Where does work go, and is that where we meant it to go?' },
  { to: urls.delivery(), label: 'Delivery', letter: 'd', icon: IconGitBranch, asks: 'How fast and how safely do changes reach people?' },
  {
    to: urls.ship(),
    label: 'Reliability',
    tab: 'May we ship?',
    letter: 'p',
    icon: IconShieldHalf,
    asks: 'Which promises still leave room for risk, and what spent the rest?',
  },
  {
    to: urls.alerts(),
    label: 'Alerts',
    letter: 'a',
    beside: urls.ship(),
    icon: IconBellRinging,
    asks: 'Which budgets burn too fast, since when, and what do we do?',
  },
  {
    to: urls.health(),
    label: 'Health',
    letter: 'h',
    beside: urls.ship(),
    icon: IconHeartbeat,
    asks: 'Which services do not reveal how they are, and who depends on them?',
  },
  {
    to: urls.gate(),
    label: 'Gate',
    letter: 'g',
    beside: urls.ship(),
    icon: IconTrafficLights,
    asks: 'May this release go out, and does asking do any good?',
  },
  {
    to: urls.business(),
    label: 'Business',
    letter: 'u',
    icon: IconUsers,
    asks: 'Do people get what they came for, and do they come back?',
  },
  { to: urls.cost(), label: 'Cost', letter: 'k', icon: IconCoins, asks: 'What does it cost to run, and who or what causes it?' },
  { to: urls.measures(), label: 'Measures', letter: 'n', icon: IconChartLine, asks: 'What do we measure, and what has changed?' },
  {
    to: urls.investments(),
    label: 'Investments',
    letter: 'i',
    icon: IconScale,
    asks: 'What do we put people and money into next?',
  },
  {
    to: urls.experiments(),
    label: 'Experiments',
    letter: 'x',
    icon: IconFlask,
    asks: 'Did what we tried do what we hoped, or does it only look so?',
  },
  { to: urls.decisions(), label: 'Decisions', letter: 's', icon: IconBook2, asks: 'What did we decide, and does the reason still hold?' },
  { to: urls.forecasts(), label: 'Forecasts', letter: 'f', icon: IconTargetArrow, asks: 'How often do we turn out to be right?' },
  { to: urls.catalogue(), label: 'Catalogue', letter: 'c', icon: IconSitemap, asks: 'What do we have, who owns it?' },
  { to: urls.evidence(), label: 'Evidence', letter: 'e', icon: IconInbox, asks: 'What do we know, from where, how fresh?' },
  { to: urls.sources(), label: 'Sources', letter: 'o', icon: IconPlugConnected, asks: 'What tells us what happens, and is it well?' },
  {
    to: urls.story(),
    label: 'Story',
    letter: 'y',
    icon: IconNotebook,
    asks: 'What did the work move, what did it cost, what did we learn?',
  },
  { to: urls.brief(), label: 'Brief', letter: 'b', icon: IconFileText, asks: 'What do I tell each audience?' },
]

/** The pages that stand beside one another, this one among them; none where it stands alone. */
export function pagesBeside(pathname: string): readonly PageEntry[] {
  const lead = PAGES.flatMap(({ beside, to }) =>
    beside !== undefined && (isOn(beside, pathname) || isOn(to, pathname)) ? [beside] : [],
  )[0]
  return lead === undefined ? [] : PAGES.filter(({ to, beside }) => to === lead || beside === lead)
}

/** Whether an address is a page or one below it. */
export function isOn(to: string, pathname: string): boolean {
  return to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
}
