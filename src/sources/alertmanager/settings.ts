import * as z from 'zod'
import { NameList, SubjectList } from '../../ground/intake/index.ts'

/** What is chosen when a sender of alerts is connected. */
export const AlertSettings = z.strictObject({
  /** Severities at which an alert is an incident; any other is an event. */
  incidentSeverities: NameList.default(['critical', 'page']).meta({
    title: 'Severities of incidents',
    description: 'Alerts whose severity label is one of them are incidents, all others events: critical and page where nothing is written.',
  }),
  /** Labels that name what an alert is about, best first. */
  subjectLabels: NameList.default(['service', 'app', 'component', 'job']).meta({
    title: 'Labels that name the component',
    description: 'The first an alert carries counts: service, app, component, job where nothing is written.',
  }),
  /** What the values of these labels stand for. */
  subjects: SubjectList.default([]).meta({
    title: 'Names and what they stand for here',
    description: 'Written as checkout-api=component:default/checkout; a name that is not listed is the component of that name.',
  }),
})
export type AlertSettings = z.infer<typeof AlertSettings>
