import { devNull } from 'node:os'

/** Oldest git that has everything asked of it here: `--path-format` came in 2.31. */
export const MINIMUM_GIT: readonly [number, number] = [2, 31]

/**
 * The environment git gets: the caller's without anything that steers git, no questions on the terminal, no network,
 * no replaced or grafted history, messages in English (they are read to explain failures).
 */
export function gitEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && !name.startsWith('LC_') && name !== 'LANGUAGE')
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PAGER: 'cat',
    // Output in whole blocks, not flushed after each commit.
    GIT_FLUSH: '0',
    ...more,
  }
}

/** Settings that keep a repository's own configuration from running programs while its refs are read. */
export const HARMLESS: readonly string[] = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  `core.hooksPath=${devNull}`,
  '-c',
  'core.pager=cat',
  '-c',
  'protocol.allow=never',
]
