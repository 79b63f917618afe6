import { useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiProblem, server } from '../../api/index.ts'
import type { Document } from './document.ts'

/** What is edited: its present document and version. */
export interface Edited {
  ref: string
  version: number
  document: Document
  /** The file that states it. */
  file?: string | undefined
}

/** The document behind a reference with its version; null for a new one, or when there is none of that name yet. */
export function useEdited(ref: string | null): Edited | null {
  const { data } = useSuspenseQuery({ queryKey: ['entity.read', 'edited', ref], queryFn: () => readOrNone(ref), staleTime: 0 })
  return useMemo(() => {
    if (!data) return null
    const { ref: own, version, file, apiVersion, kind, metadata, spec } = data
    return { ref: own, version, file, document: { apiVersion, kind, metadata, spec } }
  }, [data])
}

async function readOrNone(ref: string | null) {
  if (!ref) return null
  try {
    return (await server.call('entity.read', { ref })).entity
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null
    throw error
  }
}
