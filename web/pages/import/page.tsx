import { useState } from 'react'
import { useLoaded } from '../../api/index.ts'
import { Go } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { ErrorState } from '../../ui/feedback/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { tableKindsAsk } from './asks.ts'
import { Choose } from './choose.tsx'
import { FilePreview } from './file-preview.tsx'
import { LARGEST } from './head.ts'
import classes from './import.module.css'
import { Result, type Taken } from './result.tsx'

/** Choose or drop, look at what it would become, correct, apply. */
export default function ImportPage() {
  const { kinds } = useLoaded(tableKindsAsk())
  const [file, setFile] = useState<File>()
  const [taken, setTaken] = useState<Taken>()
  const choose = (next: File | undefined) => {
    setTaken(undefined)
    setFile(next)
  }
  return (
    <Page
      title="Import a file"
      asks="What do the rows of this file tell us?"
      above={
        <>
          <Go to={urls.sources()}>Sources</Go> / import
        </>
      }
    >
      {file && taken ? (
        <Result taken={taken} file={file.name} onAgain={() => choose(undefined)} />
      ) : (
        <>
          <Section title={file ? `1. ${file.name}` : '1. The file'} note="nothing is written before you say so">
            <Choose onFile={choose} again={file !== undefined} />
          </Section>
          {file && (
            <div className={classes.below}>
              {file.size > LARGEST ? (
                <ErrorState
                  what="This file is too large for a browser"
                  why={`It has ${(file.size / 1024 ** 3).toFixed(1)} GiB; up to ${LARGEST / 1024 ** 3} are taken here.`}
                  fix={`Pack it with gzip, or import it where it is: throughline import ${file.name}`}
                />
              ) : (
                <FilePreview key={`${file.name} ${file.size} ${file.lastModified}`} file={file} kinds={kinds} onTaken={setTaken} />
              )}
            </div>
          )}
        </>
      )}
    </Page>
  )
}
