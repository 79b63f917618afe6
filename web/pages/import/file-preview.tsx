import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { forget, server, upload } from '../../api/index.ts'
import { explain } from '../../app/failures.tsx'
import { ErrorState, Waiting } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import type { Kind, Mapping } from './draft.ts'
import { fingerprintOf, headOf } from './head.ts'
import classes from './import.module.css'
import type { Taken } from './result.tsx'
import { Settle } from './settle.tsx'

/** How long typing may pause before the preview is made again. */
const PAUSE_MS = 350

interface Props {
  file: File
  kinds: readonly Kind[]
  onTaken: (taken: Taken) => void
}

/** What a file would become by the present mapping, and the button that makes it so. */
export function FilePreview({ file, kinds, onTaken }: Props) {
  const [kind, setKind] = useState<Kind['kind']>()
  const [draft, setDraft] = useState<Mapping>()
  const settled = useSettled(draft)
  const name = fingerprintOf(file)
  const head = useQuery({ queryKey: ['file head', name], queryFn: () => headOf(file), staleTime: Infinity, gcTime: 0, retry: false })
  const preview = useQuery({
    queryKey: ['file preview', name, kind, settled],
    queryFn: () =>
      server.call('table.preview', { file: file.name, head: head.data!.base64, whole: head.data!.whole, kind, mapping: settled }),
    enabled: head.isSuccess,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })
  const error = head.error ?? preview.error
  if (error && !preview.data) {
    const { why, fix } = explain(error)
    return <ErrorState what="This file cannot be read as rows" why={why} fix={fix} />
  }
  if (!preview.data) return <Waiting height="20rem" />
  const mapping = draft ?? preview.data.mapping
  const isBusy = preview.isFetching || settled !== draft
  const problem = preview.isError ? explain(preview.error) : null
  return (
    <div aria-busy={isBusy || undefined}>
      {/* A guess for another kind is on its way: what is said of the old one would be lost. */}
      <fieldset className={classes.settle} disabled={preview.isPlaceholderData && draft === undefined}>
        <Settle
          preview={preview.data}
          kinds={kinds}
          mapping={mapping}
          onChange={setDraft}
          onKind={(next) => {
            setDraft(undefined)
            setKind(next)
          }}
        />
      </fieldset>
      {problem && <ErrorState what="The mapping cannot be used so" why={problem.why} fix={problem.fix} />}
      <Apply
        file={file}
        mapping={{ ...mapping, columns: preview.data.columns.map((column) => column.name) }}
        ready={!isBusy && !problem && preview.data.sample.records > 0}
        onTaken={onTaken}
      />
    </div>
  )
}

/** The value once it has not changed for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return value === undefined ? value : settled
}

function Apply({ file, mapping, ready, onTaken }: { file: File; mapping: Mapping; ready: boolean; onTaken: (taken: Taken) => void }) {
  const client = useQueryClient()
  const [share, setShare] = useState<number>()
  const [failure, setFailure] = useState<unknown>()
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const apply = async () => {
    setFailure(undefined)
    setShare(0)
    stop.current = new AbortController()
    try {
      await server.call('mapping.write', { name: mapping.name, mapping })
      const query = new URLSearchParams({ mapping: mapping.name, file: file.name, fingerprint: fingerprintOf(file) })
      const taken = await upload<Taken>(`/api/tables?${query}`, file, setShare, stop.current.signal)
      await forget(client)
      onTaken(taken)
    } catch (error) {
      setFailure(error)
    } finally {
      setShare(undefined)
    }
  }
  const told = failure === undefined ? null : explain(failure)
  return (
    <div className={classes.apply}>
      {told && <ErrorState what="The file was not taken as a whole" why={told.why} fix={told.fix} />}
      {share === undefined ? (
        <Button look="primary" disabled={!ready} onClick={() => void apply()}>
          Import all rows
        </Button>
      ) : (
        <>
          <label>
            {share < 1 ? `Sending and keeping rows, ${Math.floor(share * 100)} % …` : 'Keeping the last rows …'}{' '}
            <progress value={share} max={1} />
          </label>
          <Button onClick={() => stop.current?.abort()}>Stop</Button>
        </>
      )}
      {share === undefined && !ready && (
        <span className="quiet">Something has to be right with the first rows before they can be imported.</span>
      )}
    </div>
  )
}
