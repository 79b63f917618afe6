import * as z from 'zod'
import { toRef } from '../../ground/core/index.ts'
import { NameList, SubjectList } from '../../ground/intake/index.ts'

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
})
export type LinearSettings = z.infer<typeof LinearSettings>
