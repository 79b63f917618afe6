import type { Signature } from './signature.ts'

/** Programs that commit under a plain name: matched against the whole name or the part of the address before the @. */
const KNOWN = new Set(
  `
    allcontributors, ansibot, atlassian-bot, autofix-ci, azure-pipelines, bors, buildkite, circleci, codecov, codecov-io
    copybara service, copybara-service, crowdin, dependabot, dependabot-preview, depfu, drone, fossabot, github actions
    github-actions, gitlab runner, gitpod, goreleaser, greenkeeper, greenkeeperio-bot, homu, imgbot, jenkins, jenkins-ci
    k8s-ci-robot, mergify, netlify, pre-commit-ci, prombot, pull, pyup-bot, pyup.io bot, release-please, renovate
    scala-steward, semantic-release-bot, semaphore, snyk-bot, sonatype-lift, stickler-ci, teamcity, tox-ci, transifex
    travis ci, travis-ci, weblate, whitesource-bolt, zuul
  `
    .split(/[,\n]/)
    .map((name) => name.trim())
    .filter(Boolean),
)

/** Addresses that only programs commit from. */
const ADDRESSES: readonly RegExp[] = [
  /^(?:\d+\+)?[^@]+\[bot\]@users\.noreply\.github\.com$/,
  /^(?:bot|bots|robot|buildbot|ci|ci-bot|jenkins|automation|releasebot|release-bot|noreply-bot)@/,
  /^(?:support@dependabot\.com|support@greenkeeper\.io|bot@renovateapp\.com|github-bot@pyup\.io|builds@travis-ci\.(?:org|com)|project_\d+_bot\d*@noreply\..+|group_\d+_bot_[^@]*@noreply\..+)$/,
]

/** `[bot]` at the end; or the word bot or robot at the end, set off from what stands before it. */
const NAMES: readonly RegExp[] = [/\[bot\]$/, /(?:^|[\s._-])(?:ro)?bot\d*$/, /(?:^|[\s._-])ci(?:[\s._-](?:bot|user|runner))$/]
const CAMEL_CASE = /[a-z](?:Bot|Robot)$/

/**
 * Whether a commit's author is a program. The rules, in order: a name or address that ends in `[bot]`; a name that ends
 * in the word bot, set off by a space, dash, dot, underscore or capital (so `Talbot` is a person); a name or mailbox
 * known for automation; an address that only automation uses. Names alone decide: a person who lets a tool commit in
 * their name stays a person.
 */
export function isBot({ name, email }: Signature): boolean {
  const plainName = name.trim().toLowerCase()
  const address = email.trim().toLowerCase()
  const mailbox = address.slice(0, address.lastIndexOf('@') === -1 ? undefined : address.lastIndexOf('@')).replace(/^\d+\+/, '')
  return (
    NAMES.some((rule) => rule.test(plainName) || rule.test(mailbox)) ||
    CAMEL_CASE.test(name.trim()) ||
    KNOWN.has(plainName) ||
    KNOWN.has(mailbox) ||
    ADDRESSES.some((rule) => rule.test(address))
  )
}
