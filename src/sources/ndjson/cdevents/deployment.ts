import * as z from 'zod'
import { refuse } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { refOf } from '../subject.ts'
import { commitOf, digestOf } from './artifact.ts'
import { Named, withContent } from './envelope.ts'

const Content = z.looseObject({ environment: Named, artifactId: z.string().min(1).max(2_000) })

/**
 * service.deployed, service.upgraded and service.rolledback: a finished, successful deployment of the service. CDEvents
 * name what was deployed by its artifact; `commit` is the commit behind it, and where the event does not tell that, the
 * digest of the artifact stands for it (`commitKnown: false`): it says which deployments brought the same thing, and
 * matches no commit.
 */
export const readDeployment = withContent(Content, ({ type, eventId, eventSource, at, subjectId, content, customData, whole }) => {
  const subject = refOf('component', subjectId)
  if (!subject)
    return refuse('evidence.bad_field', `The field "subject.id" cannot be "${subjectId}"`, {
      path: 'subject.id',
      fix: 'Name the service, for example component:default/checkout.',
    })
  const known = commitOf(content.artifactId, customData)
  const commit = known ?? digestOf(content.artifactId)
  if (!commit) {
    return refuse('evidence.missing_field', 'The field "subject.content.artifactId" names neither a commit nor a digest', {
      path: 'subject.content.artifactId',
      fix: 'State the commit as customData.commit or in the vcs_url of the package URL, or name the artifact by its sha256 digest.',
    })
  }
  const isRollback = type === 'service.rolledback'
  const { rollbackOf, fixes, planned } = customData
  return parseEvidence({
    kind: 'deployment',
    source: eventSource,
    id: eventId,
    subject,
    at,
    environment: content.environment.id,
    commit,
    finishedAt: at,
    outcome: 'success',
    artifact: content.artifactId,
    ...(known ? {} : { commitKnown: false }),
    ...(isRollback ? { rollback: true } : {}),
    ...(isRollback && typeof rollbackOf === 'string' ? { rollbackOf } : {}),
    ...(typeof fixes === 'string' ? { fixes } : {}),
    ...(typeof planned === 'boolean' ? { planned } : {}),
    cdevent: whole,
  })
})
