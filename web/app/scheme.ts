import { useCallback, useEffect, useState } from 'react'

export type Scheme = 'auto' | 'light' | 'dark'

/** Where the reader's choice is kept; public/theme.js reads it before the first paint. */
const KEPT = 'throughline.scheme'

/** Light, dark, or as the system says; kept in this browser. */
export function useScheme(): [Scheme, (scheme: Scheme) => void] {
  const [scheme, setScheme] = useState<Scheme>(kept)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const apply = () =>
      document.documentElement.setAttribute('data-scheme', scheme === 'dark' || (scheme === 'auto' && system.matches) ? 'dark' : 'light')
    apply()
    system.addEventListener('change', apply)
    return () => system.removeEventListener('change', apply)
  }, [scheme])
  const choose = useCallback((next: Scheme) => {
    setScheme(next)
    try {
      localStorage.setItem(KEPT, next)
    } catch {
      // Storage is closed to us (private window): the choice lasts as long as the tab.
    }
  }, [])
  return [scheme, choose]
}

function kept(): Scheme {
  try {
    const text = localStorage.getItem(KEPT)
    return text === 'light' || text === 'dark' ? text : 'auto'
  } catch {
    return 'auto'
  }
}
