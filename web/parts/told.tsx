import { IconCopy, IconPrinter } from '@tabler/icons-react'
import type { Claim } from '../../src/ground/core/index.ts'
import { explain } from '../app/failures.tsx'
import { useToast } from '../ui/feedback/index.ts'
import { Button } from '../ui/form/index.ts'

/** What can be done with something told on one sheet: copied as Markdown, printed. */
export function SheetActions({ markdown }: { markdown: () => Promise<{ text?: string | undefined }> }) {
  const toast = useToast()
  const copy = async () => {
    try {
      const { text = '' } = await markdown()
      await navigator.clipboard.writeText(text)
      toast({ text: 'Copied as Markdown, with its grounds.' })
    } catch (error) {
      toast({ text: explain(error).why, tone: 'error' })
    }
  }
  return (
    <>
      <Button icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
        Copy as Markdown
      </Button>
      <Button icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
        Print
      </Button>
    </>
  )
}

/** The sentences after the headline under their headings. */
export function sectionsOf({ claims, sections }: { claims: readonly Claim[]; sections: readonly { title: string; claims: number }[] }) {
  let from = 1
  return sections.map(({ title, claims: count }) => {
    const own = claims.slice(from, from + count)
    from += count
    return { title, claims: own }
  })
}
