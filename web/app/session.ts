import { useQuery } from '@tanstack/react-query'
import { readSession, type Session } from '../api/index.ts'

/** Whom this browser acts for; undefined until the server has said it. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Infinity }).data
}
