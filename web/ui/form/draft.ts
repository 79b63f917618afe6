import { useCallback, useState } from 'react'

interface Kept<Draft> {
  place: string
  draft: Draft | null
}

/**
 * What the user types, kept for this tab until it is saved or thrown away: a reload, a failed save or a wrong click
 * loses nothing.
 */
export function useDraft<Draft>(
  key: string,
  start: Draft,
): { draft: Draft; change: (part: Partial<Draft>) => void; changed: boolean; discard: () => void } {
  const place = `throughline.draft.${key}`
  const [state, setState] = useState<Kept<Draft>>(() => ({ place, draft: read(place) as Draft | null }))
  const kept = state.place === place ? state.draft : (read(place) as Draft | null)
  const draft = kept ?? start
  const change = useCallback(
    (part: Partial<Draft>) => {
      const next = { ...((read(place) as Draft | null) ?? start), ...part }
      sessionStorage.setItem(place, JSON.stringify(next))
      setState({ place, draft: next })
    },
    [place, start],
  )
  const discard = useCallback(() => {
    sessionStorage.removeItem(place)
    setState({ place, draft: null })
  }, [place])
  return { draft, change, changed: kept !== null && JSON.stringify(kept) !== JSON.stringify(start), discard }
}

/** Written above by this app alone, in this tab. */
function read(place: string): unknown {
  const text = sessionStorage.getItem(place)
  return text === null ? null : JSON.parse(text)
}
