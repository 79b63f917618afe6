import { describe, expect, test } from 'vitest'
import type { Component } from '../entities/components.ts'
import { targetRules } from './targets.ts'
import { readVersionTag } from './version-tag.ts'

describe('tags that name a version', () => {
  test.each([
    ['v1.2.3', null, true],
    ['1.2', null, true],
    ['1.2.3.4', null, true],
    ['v2026.01.15', null, true],
    ['release-1.2.3', null, true],
    ['release/v1.2', null, true],
    ['rel_1_2_3', null, true],
    ['v1.2.3+build.7', null, true],
    ['v1.2.3-hotfix.1', null, true],
    ['1.2.3.Final', null, true],
    ['1.2.3-2', null, true],
    ['1.2.3.post1', null, true],
    ['v0.99.9c', null, true],
    ['labels@1.2.3', 'labels', true],
    ['@parcels/labels@1.2.3', '@parcels/labels', true],
    ['services/labels/v1.2.3', 'services/labels', true],
    ['labels-v1.2.3', 'labels', true],
    ['labels-1.2.3', 'labels', true],
    ['LABELS_1_2_3', 'LABELS', true],
    ['python3.8-v1.2.3', 'python3.8', true],
    ['v1.2.3-rc.1', null, false],
    ['v1.2.3rc1', null, false],
    ['1.0a1', null, false],
    ['1.0.0-beta', null, false],
    ['1.0.0.M3', null, false],
    ['v1.2.3-SNAPSHOT', null, false],
    // Revisions begin with 1; npm calls the first pre-release 0.
    ['v1.2.3-0', null, false],
    ['v1.2.3-customer-x', null, false],
    ['staging/v1.2.3', 'staging', false],
    ['nightly-1.2.3', 'nightly', false],
  ])('%s: component %s, released %s', (tag, prefix, released) => {
    expect(readVersionTag(tag)).toMatchObject({ prefix, released })
  })

  test.each(['v1', 'latest', 'before-the-move', '2026-01-15', 'release', 'v', 'build-1234', 'a.b.c', 'x86_64'])('%s names none', (tag) =>
    expect(readVersionTag(tag)).toBeNull(),
  )
})

describe('whose deployment a tag is', () => {
  const component = (name: string, path: string | null, deployments?: string): Component => ({
    ref: `component:default/${name}`,
    name,
    path,
    tagNames: [`@parcels/${name}`],
    deployments,
  })
  const subjects = (components: Component[], tag: string) =>
    targetRules('repository:default/parcels', components)
      .ofTag(tag)
      .targets.map(({ subject, unknownComponent }) => unknownComponent ?? subject)

  test('a component that covers the repository goes by the repository’s name', () => {
    expect(subjects([component('parcels', null)], 'v1.0.0')).toEqual(['repository:default/parcels'])
    expect(subjects([component('parcels', null)], 'parcels-1.0.0')).toEqual(['repository:default/parcels'])
  })

  test('two components with the same name in different folders are nobody’s', () => {
    expect(subjects([component('a-labels', 'a/labels'), component('b-labels', 'b/labels')], 'labels@1.0.0')).toEqual(['labels'])
    expect(subjects([component('a-labels', 'a/labels'), component('b-labels', 'b/labels')], 'a/labels/v1.0.0')).toEqual([
      'component:default/a-labels',
    ])
  })

  test('tags without a prefix are also those of components that say so', () => {
    expect(subjects([component('labels', 'labels', 'tags'), component('routes', 'routes')], 'v1.0.0')).toEqual([
      'repository:default/parcels',
      'component:default/labels',
    ])
  })

  test('a component deployed otherwise has no deployments by tag', () => {
    for (const how of ['main', 'events', 'tags:lbl-']) expect(subjects([component('labels', 'labels', how)], 'labels@1.0.0')).toEqual([])
    expect(subjects([component('labels', null, 'events')], 'v1.0.0')).toEqual([])
    expect(subjects([component('labels', 'labels', 'tags:lbl-')], 'lbl-v1.0.0')).toEqual(['component:default/labels'])
  })
})
