import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** Flags that keep the browser to itself: no background traffic, no updates, no first-run pages, no process for each page. */
export const BROWSER_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--renderer-process-limit=1',
]

/** Where browsers are installed; the one without windows first: a page takes it a third less processor time (measured). */
const KNOWN = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium-browser',
]

/**
 * A Chromium to test with: the one named in CHROMIUM_PATH, one that is installed, or one that is installed now.
 * @throws when there is none and none could be installed, with the command to run; tests are never skipped silently
 */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it, or unset it to have one found.`)
  const found = named ?? installed()
  if (found) return found
  for (const install of [() => installFromDebian('chromium-headless-shell'), () => installFromDebian('chromium'), installFromPlaywright]) {
    install()
    const now = installed()
    if (now) return now
  }
  throw new Error(
    'No Chromium to test with. Install one ("apt-get install chromium-headless-shell" or "npx playwright install chromium"), or name it in CHROMIUM_PATH.',
  )
}

function installed(): string | undefined {
  return [...KNOWN, chromium.executablePath()].find((path) => existsSync(path))
}

function installFromDebian(name: string): void {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  attempt('apt-get', ['update'])
  attempt('apt-get', ['install', '-y', '--no-install-recommends', name])
}

function installFromPlaywright(): void {
  attempt(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'])
}

/** One way of several: when it fails, the next is tried and the last word is the error above. */
function attempt(program: string, args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: ['ignore', 2, 2] })
  } catch (error) {
    process.stderr.write(`${program} ${args.join(' ')} did not work: ${(error as Error).message}\n`)
  }
}
