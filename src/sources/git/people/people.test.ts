import { describe, expect, test } from 'vitest'
import { agentOf, isBot } from '../../../ground/ledger/index.ts'
import { personName, readPerson } from './person.ts'

const person = (text: string) => readPerson(text)

describe('who is a program', () => {
  test.each([
    'dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>',
    'renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>',
    'Renovate Bot <bot@renovateapp.com>',
    'github-actions <41898282+github-actions[bot]@users.noreply.github.com>',
    'snyk-bot <snyk-bot@snyk.io>',
    'ParcelsBot <robots@parcels.example>',
    'k8s-ci-robot <k8s-ci-robot@users.noreply.github.com>',
    'Translation Robot <translations@parcels.example>',
    'Nightly Build <ci@parcels.example>',
    'jenkins <root@localhost>',
    'labels <project_42_bot@noreply.git.parcels.example>',
    'Scala Steward <me@scala-steward.org>'.replace('Scala Steward', 'scala-steward'),
  ])('%s', (text) => expect(isBot(person(text))).toBe(true))

  test.each([
    'Ada Talbot <ada.talbot@parcels.example>',
    'Abbot <abbot@parcels.example>',
    'Travis <travis@parcels.example>',
    'Robert Cirobot-Hale <r@parcels.example>',
    'Rosa Ferry <rosa@robotics.example>',
    'Rosa <12345+rosa@users.noreply.github.com>',
    'GitHub <noreply@github.com>',
    ' <>',
  ])('%s is a person', (text) => expect(isBot(person(text))).toBe(false))
})

test('coding agents are known by how they sign', () => {
  expect(
    [
      'Claude <noreply@anthropic.com>',
      'Copilot <198982749+Copilot@users.noreply.github.com>',
      'Cursor <cursoragent@cursor.com>',
      'aider (gpt) <noreply@aider.chat>',
      'google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>',
    ].map((text) => agentOf(person(text))),
  ).toEqual(['claude', 'copilot', 'cursor', 'aider', 'jules'])
  expect(
    ['Claude Dubois <claude@parcels.example>', 'Devin Hale <devin@parcels.example>', 'Gemini Rossi <g@parcels.example>'].map((text) =>
      agentOf(person(text)),
    ),
  ).toEqual([null, null, null])
})

test('a person goes by the address in small letters, else by the name', () => {
  expect(['Rosa <ROSA@Parcels.example>', 'Rosa <>', 'rosa@parcels.example', ' <>'].map((text) => personName(person(text)))).toEqual([
    'rosa@parcels.example',
    'Rosa',
    'rosa@parcels.example',
    'unknown',
  ])
})
