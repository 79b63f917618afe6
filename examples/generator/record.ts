import type { EvidenceInput } from '../../src/ground/ledger/index.ts'

/** One line of the generated evidence, in its wire form. */
export type ExampleRecord = EvidenceInput

export const repositoryRef = (name: string) => `repository:example/${name}`
export const componentRef = (name: string) => `component:example/${name}`
export const outcomeRef = (name: string) => `outcome:example/${name}`
