import * as z from 'zod'
import { toRef } from '../../ground/core/index.ts'
import { NameList, pollMinutes, SubjectList } from '../../ground/intake/index.ts'

/** All that the API key sees. */
export const ALL_TEAMS = '*'

/** What is chosen when a Linear workspace is connected. */
export const LinearSettings = z.strictObject({
  teams: SubjectList.default([]).meta({
    title: 'What teams work on',
    description:
      'Key=reference, for example ENG=component:default/checkout. Issues of a team that is not named are about the component of its key.',
  }),
  projectSubject: z
    .string()
    .trim()
    .default('system:default/linear')
    .refine((text) => toRef(text, { kind: 'system' }).ok, { error: 'is a reference, for example system:default/trade' })
    .meta({
      title: 'What projects are about',
      description: 'A project belongs to no team alone. Usually a system, for example system:default/trade.',
    }),
  incidentLabels: NameList.default([]).meta({
    title: 'Labels of incidents',
    description: 'Issues that carry one of them are incidents, too.',
  }),
  initiatives: SubjectList.default([]).meta({
    title: 'Outcomes of initiatives',
    description:
      'Name=reference, for example No waiting=outcome:default/faster-checkout. Projects of such an initiative serve that outcome.',
  }),
  /** What is read by ourselves, a year back and again at an interval; nothing: only what is pushed counts. */
  readTeams: NameList.refine(
    (keys) => keys.every((key) => key === ALL_TEAMS || /^\w{1,50}$/.test(key)),
    'Write keys of teams, as in ENG-12, or *.',
  )
    .default([])
    .meta({
      title: 'Teams to read back',
      description: `By their keys, for example ENG; ${ALL_TEAMS} for all the API key sees. The past year is read from them, and what a webhook missed.`,
    }),
  apiAddress: z
    .url({ protocol: /^https?$/ })
    .default('https://api.linear.app')
    .meta({ title: 'Address of the API', description: 'Another one only where a proxy stands before it.' }),
  pollMinutes: pollMinutes(60),
})
export type LinearSettings = z.infer<typeof LinearSettings>
