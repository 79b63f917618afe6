import * as z from 'zod'
import { SubjectList } from '../../ground/intake/index.ts'

/** What is chosen when Argo CD is connected. */
export const ArgoCdSettings = z.strictObject({
  /** What applications stand for. */
  subjects: SubjectList.default([]).meta({
    title: 'Applications and what they stand for here',
    description: 'Written as checkout-prod=component:default/checkout; an application that is not named is the component of its name.',
  }),
  /** The label of an application that names its environment. */
  environmentLabel: z.string().min(1).max(300).default('environment').meta({
    title: 'Label that names the environment',
    description: 'A label of the application: environment where nothing is written; without it production is assumed.',
  }),
  /** The image whose tag is the commit that was built. */
  commitFromImage: z.string().min(1).max(500).optional().meta({
    title: 'Image whose tag is the commit',
    description:
      'For manifests in a repository of their own: registry.example/labels, where its tag is the commit (or sha- and the commit).',
  }),
})
export type ArgoCdSettings = z.infer<typeof ArgoCdSettings>
