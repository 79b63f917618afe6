import { type QueryClient, useQuery } from '@tanstack/react-query'
import { readSession, type Session } from '../api/index.ts'

/** Whom this browser acts for; undefined until the server has said it. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: Infinity }).data
}

/** After somebody came or went: what the one before was told is forgotten. */
export async function forgetCaller(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  await client.invalidateQueries({ queryKey: ['session'] })
}
