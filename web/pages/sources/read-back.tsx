import { useQuery } from '@tanstack/react-query'
import { Section } from '../../ui/page/index.ts'
import { connectionAsk } from './asks.ts'
import { Reading } from './reading.tsx'

/** The past of a new connection as it comes in; nothing where nothing of it was asked for. */
export function ReadBack({ id }: { id: string }) {
  const { data } = useQuery(connectionAsk(id))
  if (!data?.progress) return null
  return (
    <Section title="4. The past" note="it is read while you wait, and when you do not">
      <Reading connection={data} />
    </Section>
  )
}
