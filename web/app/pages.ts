import {
  type Icon,
  IconBellRinging,
  IconBinaryTree,
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
  IconListCheck,
  IconNotebook,
  IconPlugConnected,
  IconPuzzle,
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

/** Pages that answer one larger question together. */
export interface PageGroup {
  asks: string
  pages: readonly PageEntry[]
}

/** The pages, in the order of the navigation, under the questions people come with. */
export const PAGE_GROUPS: readonly PageGroup[] = [
  {
    asks: 'Are we on course?',
    pages: [
      { to: urls.monday(), label: 'Monday', letter: 'm', icon: IconSunrise, asks: 'Are we on course, and what should we decide?' },
      { to: urls.vision(), label: 'Vision', letter: 'v', icon: IconCompass, asks: 'Where do we want to go, and does it hold?' },
      { to: urls.throughline(), label: 'Throughline', letter: 't', icon: IconRoute, asks: 'Which work moves which outcome?' },
      {
        to: urls.story(),
        label: 'Story',
        letter: 'y',
        icon: IconNotebook,
        asks: 'What did the work move, what did it cost, what did we learn?',
      },
      { to: urls.brief(), label: 'Brief', letter: 'b', beside: urls.story(), icon: IconFileText, asks: 'What do I tell each audience?' },
    ],
  },
  {
    asks: 'What do we do next?',
    pages: [
      {
        to: urls.decisions(),
        label: 'Decisions',
        letter: 's',
        icon: IconBook2,
        asks: 'What did we decide, and does the reason still hold?',
      },
      {
        to: urls.forecasts(),
        label: 'Forecasts',
        letter: 'f',
        beside: urls.decisions(),
        icon: IconTargetArrow,
        asks: 'How often do we turn out to be right?',
      },
      {
        to: urls.reviews(),
        label: 'Reviews',
        letter: 'r',
        icon: IconUsersGroup,
        asks: 'Do product, business and engineering still want the same?',
      },
      { to: urls.investments(), label: 'Investments', letter: 'i', icon: IconScale, asks: 'What do we put people and money into next?' },
      {
        to: urls.experiments(),
        label: 'Experiments',
        letter: 'x',
        icon: IconFlask,
        asks: 'Did what we tried do what we hoped, or does it only look so?',
      },
    ],
  },
  {
    asks: 'What slows us?',
    pages: [
      {
        to: urls.work(),
        label: 'Work',
        letter: 'w',
        icon: IconBriefcase,
        asks: 'Where does work go, and is that where we meant it to go?',
      },
      {
        to: urls.delivery(),
        label: 'Delivery',
        letter: 'd',
        icon: IconGitBranch,
        asks: 'How fast and how safely do changes reach people?',
      },
    ],
  },
  {
    asks: 'May we take risks?',
    pages: [
      {
        to: urls.applies(),
        label: 'What applies',
        letter: 'q',
        icon: IconListCheck,
        asks: 'What binds a change here, who reviews it, and may it ship?',
      },
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
    ],
  },
  {
    asks: 'Is it worth it?',
    pages: [
      {
        to: urls.business(),
        label: 'Business',
        letter: 'u',
        icon: IconUsers,
        asks: 'Do people get what they came for, and do they come back?',
      },
      { to: urls.cost(), label: 'Cost', letter: 'k', icon: IconCoins, asks: 'What does it cost to run, and who or what causes it?' },
    ],
  },
  {
    asks: 'How do we know?',
    pages: [
      { to: urls.measures(), label: 'Measures', letter: 'n', icon: IconChartLine, asks: 'What do we measure, and what has changed?' },
      {
        to: urls.drivers(),
        label: 'Drivers',
        letter: 'l',
        beside: urls.measures(),
        icon: IconBinaryTree,
        asks: 'What moves the numbers we want to move, and does it really?',
      },
      { to: urls.catalogue(), label: 'Catalogue', letter: 'c', icon: IconSitemap, asks: 'What do we have, and who owns it?' },
      {
        to: urls.capabilities(),
        label: 'Capabilities',
        letter: 'z',
        beside: urls.catalogue(),
        icon: IconPuzzle,
        asks: 'What is built once, who uses it, and who builds it again?',
      },
      { to: urls.evidence(), label: 'Evidence', letter: 'e', icon: IconInbox, asks: 'What do we know, from where, and how fresh is it?' },
      { to: urls.sources(), label: 'Sources', letter: 'o', icon: IconPlugConnected, asks: 'What tells us what happens, and is it well?' },
    ],
  },
]

/** Every page, for what asks no further. */
export const PAGES: readonly PageEntry[] = PAGE_GROUPS.flatMap(({ pages }) => pages)

/** What people look for by name and what is no page of its own. */
export interface Place {
  label: string
  /** Other words it goes by. */
  also: string
  to: string
  search?: Record<string, string>
}

export const PLACES: readonly Place[] = [
  { label: 'Suggested links', also: 'accept refuse work outcome', to: urls.evidence(), search: { tab: 'suggestions' } },
  { label: 'Rejected lines', also: 'refused errors retry', to: urls.evidence(), search: { tab: 'rejects' } },
  { label: 'Undeclared things', also: 'missing owner descriptor', to: urls.evidence(), search: { tab: 'undeclared' } },
  { label: 'Imports', also: 'take back history', to: urls.evidence(), search: { tab: 'imports' } },
  { label: 'People', also: 'who is who join names bots agents erase settings', to: urls.evidence(), search: { tab: 'people' } },
  { label: 'Retention', also: 'forget delete records days settings', to: urls.evidence(), search: { tab: 'retention' } },
  { label: 'Access', also: 'tokens sign in users audit trail settings', to: urls.evidence(), search: { tab: 'access' } },
  { label: 'Connect a system', also: 'github gitlab jira pagerduty source webhook integration settings', to: urls.connect() },
  { label: 'Import a file', also: 'csv spreadsheet excel json', to: urls.importFile() },
  { label: 'What did a change do?', also: 'effect before after worth it', to: urls.effect() },
  { label: 'Versions of the vision', also: 'history', to: urls.visionHistory() },
  { label: 'New outcome', also: 'write add', to: urls.outcomeNew() },
  { label: 'New principle', also: 'write add', to: urls.principleNew() },
  { label: 'New decision', also: 'write add record', to: urls.decisionNew() },
  { label: 'New investment', also: 'write add', to: urls.investmentNew() },
  { label: 'New experiment', also: 'write add trial a/b test', to: urls.experimentNew() },
  { label: 'New SLO', also: 'write add promise objective', to: urls.sloNew() },
  { label: 'Policy of the gate', also: 'rules try on the past', to: urls.gate(), search: { tab: 'policy' } },
]

/** The pages that stand beside one another, this one among them; none where it stands alone, or is a part of one with a way up of its own. */
export function pagesBeside(pathname: string): readonly PageEntry[] {
  const lead = PAGES.flatMap(({ beside, to }) => (beside !== undefined && (pathname === beside || pathname === to) ? [beside] : []))[0]
  return lead === undefined ? [] : PAGES.filter(({ to, beside }) => to === lead || beside === lead)
}

/** Whether an address is a page or one below it. */
export function isOn(to: string, pathname: string): boolean {
  return to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)
}
