import { useEffect, useRef } from 'react'
import { PAGES } from './pages.ts'

export interface Shortcuts {
  go: (to: string) => void
  search: () => void
  help: () => void
}

const CHORD_SECONDS = 1.2

/** `/` searches, `?` helps, `g` then a letter goes to a page. Never while somebody types or a dialog is open. */
export function useShortcuts({ go, search, help }: Shortcuts): void {
  const pressedG = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('[role="dialog"]')) return
      const chord = Date.now() - pressedG.current < CHORD_SECONDS * 1_000
      pressedG.current = event.key === 'g' && !chord ? Date.now() : 0
      const page = chord ? PAGES.find((one) => one.letter === event.key) : undefined
      if (page) go(page.to)
      else if (event.key === '/') search()
      else if (event.key === '?') help()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [go, search, help])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
