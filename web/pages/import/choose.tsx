import { type DragEvent, useId, useState } from 'react'
import classes from './import.module.css'

/** A place to drop a file on, or to press to choose one. */
export function Choose({ onFile, again }: { onFile: (file: File) => void; again: boolean }) {
  const id = useId()
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  return (
    <div
      className={classes.drop}
      data-over={over || undefined}
      data-small={again || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor={id}>{again ? 'Choose another file' : 'Choose a file, or drop it here'}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,.gz,text/csv,application/json"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
        }}
      />
      {!again && (
        <p id={`${id}-hint`} className="quiet">
          CSV, TSV, JSON or JSON lines, also packed with gzip. A workbook is saved as “CSV UTF-8” first.
        </p>
      )}
    </div>
  )
}
