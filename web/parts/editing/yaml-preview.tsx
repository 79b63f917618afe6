import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useToast } from '../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../ui/form/index.ts'
import classes from './editing.module.css'
import type { Document } from './document.ts'

/** The document as a file would hold it: to read, copy or keep in git. */
export function YamlPreview({ document }: { document: Document | readonly Document[] }) {
  const documents = useMemo(() => [document].flat(), [document])
  const [yaml, setYaml] = useState('')
  const toast = useToast()
  useEffect(() => {
    let wanted = true
    void import('yaml').then(
      ({ stringify }) =>
        wanted && setYaml(documents.map((one) => stringify(one, { lineWidth: 100, doubleQuotedAsJSON: true })).join('---\n')),
    )
    return () => {
      wanted = false
    }
  }, [documents])
  const copy = async () => {
    await navigator.clipboard.writeText(yaml)
    toast({ text: 'Copied as YAML.' })
  }
  return (
    <section aria-label="As YAML">
      <div className={classes.choices}>
        <Button icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
          {documents[0]!.apiVersion.startsWith('openslo/') ? 'Copy as OpenSLO YAML' : 'Copy YAML'}
        </Button>
        <a
          className={buttonClass}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(yaml)}`}
          download={`${documents[0]!.metadata.name || documents[0]!.kind.toLowerCase()}.yaml`}
        >
          <IconDownload size={16} aria-hidden /> Download
        </a>
      </div>
      <pre className={classes.yaml} tabIndex={0} aria-label="The document as YAML">
        {yaml}
      </pre>
    </section>
  )
}
