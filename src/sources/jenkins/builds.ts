import * as z from 'zod'
import { formatInstant, type Ref } from '../../ground/core/index.ts'
import {
  ignored,
  NameList,
  reading,
  type ReadPayload,
  refFrom,
  SubjectList,
  subjectNamed,
  subjectStated,
  told,
  unreadable,
} from '../../ground/intake/index.ts'

/** What is chosen when Jenkins is connected. */
export const JenkinsSettings = z.strictObject({
  /** Jobs whose builds are deployments. */
  deployJobs: NameList.default([]).meta({
    title: 'Jobs that deploy to production',
    description: 'Full names, as in team/shop/deploy; builds of any other job are events.',
  }),
  /** What jobs stand for. */
  subjects: SubjectList.default([]).meta({
    title: 'Jobs and what they stand for here',
    description: 'Written as team/shop/deploy=component:default/shop; a job that is not named is about the repository it built.',
  }),
})
type JenkinsSettings = z.infer<typeof JenkinsSettings>

const LAST = Date.parse('9999-12-31T23:59:59.999Z')
const Milliseconds = z.number().int().min(0).max(LAST)

const Payload = z.looseObject({
  name: z.string().min(1).max(1_000),
  url: z.string().max(4_000),
  build: z.looseObject({
    number: z.number().int().min(0),
    phase: z.string().max(100),
    status: z.string().max(100).nullish(),
    timestamp: Milliseconds,
    duration: Milliseconds.nullish(),
    full_url: z.string().max(4_000).nullish(),
    scm: z.looseObject({
      url: z.string().max(4_000).nullish(),
      branch: z.string().max(1_000).nullish(),
      commit: z.string().max(200).nullish(),
    }),
  }),
})
type Build = z.infer<typeof Payload>

/** An unstable build was built and deployed; its tests complained. */
const OUTCOMES: ReadonlyMap<string | null | undefined, 'success' | 'failure' | 'cancelled'> = new Map([
  ['SUCCESS', 'success'],
  ['UNSTABLE', 'success'],
  ['FAILURE', 'failure'],
  ['ABORTED', 'cancelled'],
])

/** A build that is finalized: a deployment where the settings name its job, otherwise an event. */
export function readBuild(body: unknown, settings: JenkinsSettings): ReadPayload {
  return reading(Payload, (told): ReadPayload => {
    const { phase, status } = told.build
    if (phase !== 'FINALIZED') return ignored(`A build in the phase ${phase} has not ended.`)
    const outcome = OUTCOMES.get(status)
    return outcome ? recordOf(told, outcome, settings) : ignored(`A build that ended as ${status ?? 'nothing'} did nothing.`)
  })(body)
}

function recordOf({ name, url, build }: Build, outcome: string, { deployJobs, subjects }: JenkinsSettings): ReadPayload {
  const job = fullNameOf(url) ?? name
  const finishedAt = formatInstant(build.timestamp)
  const startedAt = build.duration ? formatInstant(Math.max(0, build.timestamp - build.duration)) : undefined
  const { full_url: address } = build
  const common = {
    source: 'jenkins',
    id: `${job}#${build.number}`,
    subject: subjectOf(job, build.scm.url, subjects),
    at: finishedAt,
    url: address && URL.canParse(address) ? address : undefined,
  }
  if (!deployJobs.some((one) => one === job || one === name))
    return told({
      ...common,
      kind: 'event',
      type: 'jenkins.build',
      data: { job, number: build.number, status: build.status, commit: build.scm.commit, branch: build.scm.branch, startedAt, finishedAt },
    })
  const { commit } = build.scm
  if (!commit)
    return unreadable({
      code: 'jenkins.no_commit',
      path: 'build.scm.commit',
      message: `Build ${build.number} of ${job} does not say which commit it deployed.`,
      fix: 'Check its code out with the Git plugin in the job itself; from a Pipeline post these fields with the commit (src/sources/jenkins/README.md).',
    })
  return told({
    ...common,
    kind: 'deployment',
    commit,
    outcome,
    startedAt,
    finishedAt,
    // Jenkins tells how long it took and when all was done, not when it began.
    assumed: startedAt === undefined ? undefined : ['startedAt'],
  })
}

/** `job/team/job/shop/` is the job team/shop. */
function fullNameOf(url: string): string | undefined {
  const names = [...url.matchAll(/(?:^|\/)job\/([^/]+)/g)].map(([, name]) => decoded(name!))
  return names.length > 0 ? names.join('/') : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What the settings say of the job, otherwise the repository it built, otherwise the component of its name. */
function subjectOf(job: string, repository: string | null | undefined, subjects: readonly string[]): Ref {
  const name = repository
    ?.replace(/[?#].*$/s, '')
    .split(/[/:]/)
    .findLast(Boolean)
    ?.replace(/\.git$/i, '')
  return subjectStated(job, subjects) ?? (name ? refFrom('repository', name) : subjectNamed(job, subjects))
}
