import { Fragment } from 'react'
import { GoTo } from '../app/go.tsx'
import { sentence } from '../ui/text/index.ts'

/** `component:example/fleet`, as sentences of the server name things; what is to be written down (`Serves: outcome:…`) stays as it is. */
const REF = /(?<!: )(\b[a-z][a-z_]*:[a-z0-9-]+\/[\w.-]*\w)/

/** A sentence in which what is named by a reference has its name, and leads there. */
export function WithRefs({ children: text }: { children: string }) {
  // A reference stays in small letters at the beginning, too.
  const said = /^[a-z_]+:[^ ]/.test(text) ? `${text.replace(/[.]$/, '')}.` : sentence(text)
  return said.split(REF).map((part, index) => (
    // Every other part is a reference: that is how splitting by a group goes.
    // oxlint-disable-next-line react/no-array-index-key -- the parts of a sentence have no other name
    <Fragment key={index}>{index % 2 === 1 ? <GoTo id={part} /> : part}</Fragment>
  ))
}
