import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { forget, type OperationId } from '../api/index.ts'

/** What the server tells of; nothing but that it may have changed. */
export type LiveTopic = 'alerts' | 'slos'

/**
 * Has a page ask again when the server says that something changed, for as long as it is shown. The browser connects again by
 * itself; what was missed meanwhile is asked for then.
 */
export function useLive(topic: LiveTopic, ...asks: readonly OperationId[]): void {
  const client = useQueryClient()
  const key = asks.join(' ')
  useEffect(() => {
    const again = () => void forget(client, ...(key.split(' ') as OperationId[])) // joined above
    const events = new EventSource('/api/events')
    let wasOpen = false
    events.addEventListener('open', () => {
      if (wasOpen) again()
      wasOpen = true
    })
    events.addEventListener('change', ({ data }: MessageEvent<string>) => {
      if (data === topic) again()
    })
    return () => events.close()
  }, [client, topic, key])
}
