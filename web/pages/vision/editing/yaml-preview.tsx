import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useToast } from '../../../ui/feedback/index.ts'
import { Button, buttonClass } from '../../../ui/form/index.ts'
import classes from '../vision.module.css'
import type { Document } from './document.ts'

/** The document as a file would hold it: to read, copy or keep in git. */
export function YamlPreview({ document }: { document: Document }) {
  const [yaml, setYaml] = useState('')
  const toast = useToast()
  useEffect(() => {
    let wanted = true
    void import('yaml').then(({ stringify }) => wanted && setYaml(stringify(document, { lineWidth: 100 })))
    return () => {
      wanted = false
    }
  }, [document])
  const copy = async () => {
    await navigator.clipboard.writeText(yaml)
    toast({ text: 'Copied as YAML.' })
  }
  return (
    <section aria-label="As YAML">
      <div className={classes.choices}>
        <Button icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
          Copy YAML
        </Button>
        <a
          className={buttonClass}
          href={`data:text/yaml;charset=utf-8,${encodeURIComponent(yaml)}`}
          download={`${document.metadata.name || document.kind.toLowerCase()}.yaml`}
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
