import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ToastProvider } from '../../ui/feedback/index.ts'
import { CommandLine } from '../../ui/text/index.ts'
import { GlossaryProvider } from '../glossary.tsx'
import { useSession } from '../session.ts'
import { useShortcuts } from '../shortcuts.ts'
import { AsOfNotice } from './as-of.tsx'
import { Beside } from './beside.tsx'
import { CountedUpTo } from './counted-up-to.tsx'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import classes from './shell.module.css'

const Help = lazy(() => import('./help.tsx'))

/** What is read by link stands alone: its reader has no account, so nothing leads further in. */
export function Shell() {
  const alone = useLocation({ select: ({ pathname }) => pathname.startsWith('/shared/') })
  if (!alone) return <Surroundings />
  return (
    <GlossaryProvider>
      <ToastProvider>
        <main id="page" className={classes.alone} tabIndex={-1}>
          <Outlet />
        </main>
      </ToastProvider>
    </GlossaryProvider>
  )
}

/** What stands around every other page: skip link, header, navigation, and the place where pages come. */
function Surroundings() {
  const navigate = useNavigate()
  const session = useSession()
  const search = useRef<HTMLInputElement>(null)
  const [helping, setHelping] = useState(false)
  const [menu, setMenu] = useState(false)
  const closeMenu = useCallback(() => setMenu(false), [])
  const go = useCallback((to: string) => void navigate({ to, search: {} }), [navigate])
  const focusSearch = useCallback(() => search.current?.focus(), [])
  const help = useCallback(() => setHelping(true), [])
  useShortcuts({ go, search: focusSearch, help })
  useFocusOnArrival(closeMenu)
  return (
    <CommandLine value={session?.command ?? 'throughline'}>
      <GlossaryProvider>
        <ToastProvider>
          <a className={classes.skip} href="#page">
            Skip to the page
          </a>
          <Header search={search} menu={menu} onMenu={() => setMenu(!menu)} onHelp={help} />
          <div className={classes.body}>
            <Navigation open={menu} />
            <main id="page" className={classes.main} tabIndex={-1}>
              <AsOfNotice />
              <CountedUpTo />
              <Beside />
              <Outlet />
            </main>
          </div>
          {helping && (
            <Suspense>
              <Help onClose={() => setHelping(false)} />
            </Suspense>
          )}
        </ToastProvider>
      </GlossaryProvider>
    </CommandLine>
  )
}

/** On a new page the heading gets the focus, so that a screen reader says where we are and Tab starts there. */
function useFocusOnArrival(onArrival: () => void): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return
        onArrival()
        // Whoever types already, to search on, keeps the place.
        if (document.activeElement instanceof HTMLInputElement) return
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
      }),
    [router, onArrival],
  )
}
