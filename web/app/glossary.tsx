import { type ReactNode, useEffect, useState } from 'react'
import { Glossary } from '../ui/text/index.ts'
import { parseGlossary } from './glossary-text.ts'

/** The same page people read in the documentation; arrives after the first paint. */
const file = import.meta.glob<string>('../../docs/glossary.md', { query: '?raw', import: 'default' })

export function GlossaryProvider({ children }: { children: ReactNode }) {
  const [terms, setTerms] = useState<ReadonlyMap<string, string>>(new Map())
  useEffect(() => {
    void Object.values(file)[0]?.().then((text) => setTerms(parseGlossary(text)))
  }, [])
  return <Glossary value={terms}>{children}</Glossary>
}
