import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { PageTabs } from '../../app/page-tabs.tsx'
import { urls } from '../../app/urls.ts'
import { Waiting, EmptyState } from '../../ui/feedback/index.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { Page } from '../../ui/page/index.ts'
import { AccessTab } from './access-tab.tsx'
import { rejectsAsk, suggestionsAsk, summaryAsk } from './asks.ts'
import { ImportsTab } from './imports-tab.tsx'
import { PeopleTab } from './people-tab.tsx'
import { RejectsTab } from './rejects-tab.tsx'
import { RetentionTab } from './retention-tab.tsx'
import { SourcesTab } from './sources-tab.tsx'
import { SuggestionsTab } from './suggestions-tab.tsx'
import { UndeclaredTab } from './undeclared-tab.tsx'

const TABS = {
  sources: SourcesTab,
  suggestions: SuggestionsTab,
  rejects: RejectsTab,
  undeclared: UndeclaredTab,
  imports: ImportsTab,
  people: PeopleTab,
  retention: RetentionTab,
  access: AccessTab,
}
type TabName = keyof typeof TABS

function isTab(name: string | undefined): name is TabName {
  return name !== undefined && Object.hasOwn(TABS, name)
}

export default function EvidencePage() {
  const { search } = useAddress()
  const { kinds, undeclared } = useLoaded(summaryAsk())
  const rejects = useLoaded(rejectsAsk())
  const suggestions = useLoaded(suggestionsAsk(search))
  const records = kinds.reduce((sum, kind) => sum + kind.records, 0)
  const sources = new Set(kinds.map((kind) => kind.source)).size
  const Tab = TABS[isTab(search.tab) ? search.tab : 'sources']
  return (
    <Page
      title="Evidence"
      asks="What do we know, from where, and how fresh is it?"
      answer={
        <p>
          {records === 0
            ? 'No records yet, so nothing can be judged.'
            : `${plural(records, 'record')} from ${plural(sources, 'source')}${waiting(rejects.total, suggestions.total)}.`}
        </p>
      }
    >
      <PageTabs
        label="Views of the evidence"
        to={urls.evidence()}
        tabs={[
          { key: 'sources', label: 'Records' },
          { key: 'suggestions', label: 'Suggested links', count: suggestions.total },
          { key: 'rejects', label: 'Rejected lines', count: rejects.total },
          { key: 'undeclared', label: 'Undeclared', count: undeclared.total },
          { key: 'imports', label: 'Imports' },
          { key: 'people', label: 'People' },
          { key: 'retention', label: 'Retention' },
          { key: 'access', label: 'Access' },
        ]}
      />
      {records === 0 && Tab === SourcesTab ? (
        <EmptyState
          title="Commits, changes, deployments and incidents would be here"
          why="A git repository is enough to begin: its history, merges and version tags become records in under a minute, and the first brief can be told from them."
          command="throughline scan path/to/repository"
        />
      ) : (
        <Suspense fallback={<Waiting height="20rem" />}>
          <Tab />
        </Suspense>
      )}
    </Page>
  )
}

function waiting(rejected: number, suggested: number): string {
  const parts = [
    rejected > 0 ? `${formatCount(rejected)} rejected ${rejected === 1 ? 'line waits' : 'lines wait'} for a look` : '',
    suggested > 0 ? `${plural(suggested, 'suggested link')} to accept or refuse` : '',
  ].filter(Boolean)
  return parts.length > 0 ? `; ${parts.join(', ')}` : ''
}
