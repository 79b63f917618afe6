import * as z from 'zod'
import { ok } from '../../ground/core/index.ts'
import { bearing, digestOf, type SourceDefinition } from '../../ground/intake/index.ts'
import { JenkinsSettings, readBuild } from './builds.ts'

const Named = z.looseObject({ build: z.looseObject({ phase: z.string().max(100) }) })

/** Jenkins, by its Notification plugin, or by anything that posts the same fields. */
export const jenkins: SourceDefinition = {
  kind: 'jenkins',
  title: 'Jenkins',
  brings: 'Builds as they end: deployments from the jobs you name, events otherwise.',
  steps: [
    'In Jenkins install the plugin Notification (plugins.jenkins.io/notification).',
    'Open the job, choose Configure, then Job Notifications, then Add Endpoint.',
    'Format JSON, protocol HTTP, event Job Finalized, URL: {address}',
    'If you chose a token, write throughline:<the token>@ in front of the host in that URL.',
    'Save and build the job: it appears here when it has ended.',
  ],
  settings: JenkinsSettings,
  naming: ['subjects'],
  secrets: [{ name: 'token', label: 'token of your choice', made: 'there', optional: true }],
  push: {
    eventOf: (_, body) => Named.safeParse(body).data?.build.phase ?? 'unnamed',
    // The plugin signs nothing: without a token the address alone says who it is.
    verify: (delivery, { token }) => (token ? bearing(token, delivery) : ok({ replayKey: digestOf(delivery.body) })),
    read: ({ body }, settings) => readBuild(body, JenkinsSettings.parse(settings)),
  },
}
