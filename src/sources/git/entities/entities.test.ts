import { describe, expect, test } from 'vitest'
import { readCodeOwners } from './codeowners.ts'
import { componentsOf } from './components.ts'
import { draftsOf } from './drafts.ts'
import { referenceName, repositoryName } from './name.ts'
import { parseRef } from '../../../ground/core/index.ts'
import fc from 'fast-check'

describe('names a reference can carry', () => {
  test.each([
    ['@acme/Web App', 'acme-web-app'],
    ['Größe', 'gro-e'],
    ['naïve', 'naive'],
    ['..ferry..', 'ferry'],
    ['包裹', null],
    ['', null],
  ])('%s: %s', (text, name) => expect(referenceName(text)).toBe(name))

  test('whatever the text, the name fits the grammar of references', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 60, maxLength: 200 })), (text) => {
        const name = referenceName(text)
        expect(name === null || parseRef(`component:default/${name}`).ok).toBe(true)
      }),
    )
  })

  test('long names that begin alike stay apart', () => {
    expect(referenceName(`${'x'.repeat(80)}1`)).not.toBe(referenceName(`${'x'.repeat(80)}2`))
  })

  test.each([
    ['@acme/monorepo', 'acme'],
    ['root', null],
    ['ferry', 'ferry'],
    ['@acme/ferry', 'acme-ferry'],
  ])('a repository whose manifest says %s is %s', (text, name) => expect(repositoryName(text)).toBe(name))
})

describe('code owners', () => {
  const owners = (text: string, path: string) => readCodeOwners(text).ownersOf(path)

  test.each([
    ['* @a\n*.md @b', 'deep/x.md', 'user:default/b'],
    ['/docs/ @a', 'docs/x', 'user:default/a'],
    ['/docs/ @a', 'deep/docs/x', undefined],
    ['docs/ @a', 'deep/docs/x', 'user:default/a'],
    ['docs/* @a', 'docs/x', 'user:default/a'],
    ['docs/* @a', 'docs/deep/x', undefined],
    ['/a/**/z @a', 'a/b/c/z', 'user:default/a'],
    ['* @parcels/team/sub', 'x', 'group:default/sub'],
    ['* Rosa@parcels.example', 'x', 'user:default/rosa'],
    ['with\\ space @a', 'with space', 'user:default/a'],
    ['\\#x @a', '#x', 'user:default/a'],
    ['* @a # * @b', 'x', 'user:default/a'],
    ['[Docs][2] @parcels/docs\n*.md\n', 'x.md', 'group:default/docs'],
    ['not an owner', 'not', undefined],
  ])('%j owns %s: %s', (text, path, owner) => expect(owners(text, path)[0]).toBe(owner))
})

describe('what a tree shows of a component', () => {
  const declared = (metadata: object, spec: Record<string, unknown>) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'pay', ...metadata },
    spec,
    file: 'pay/catalog-info.yaml',
  })
  const draftOf = (metadata: object, spec: Record<string, unknown>) => {
    const manifests = new Map([['pay/package.json', '{"name": "pay", "description": "Takes money"}']])
    const [, component] = draftsOf(
      {
        subject: 'repository:default/shop',
        name: 'shop',
        components: componentsOf({ repository: 'shop', declared: [declared(metadata, spec)], manifests, isMember: null }),
        owners: readCodeOwners('* @acme/all\n/pay/ @acme/pay @dev-1\n', '.github/CODEOWNERS'),
        apis: [],
        declared: undefined,
        packages: {
          files: [],
          publications: [],
          passedOver: { unread: [], notLooked: 0, unknown: [], unfit: 0, unfollowed: [], unconfirmed: 0 },
        },
        isGenerated: () => false,
        mailmap: null,
        submodules: [],
        fault: null,
      },
      { sha: 'a'.repeat(40), branch: 'main' },
    )
    return component!
  }
  const rule = { from: 'CODEOWNERS', file: '.github/CODEOWNERS', line: 2, because: '/pay/' }

  test('is told beside what its document declares, each with its place', () => {
    const stated = { type: 'service', lifecycle: 'production', owner: 'web' }
    const { spec, observed } = draftOf({ annotations: { 'throughline.dev/repository': 'repository:other' } }, stated)
    expect(spec.owner).toBe('web')
    expect(observed).toEqual([
      { fact: 'owner', value: 'group:default/pay', ...rule },
      { fact: 'owner', value: 'user:default/dev-1', ...rule },
      { fact: 'repository', value: 'repository:default/shop', from: 'tree' },
      { fact: 'path', value: 'pay', from: 'tree', fills: true },
      { fact: 'description', value: 'Takes money', from: 'manifest', file: 'pay/package.json' },
    ])
  })

  test('fills in what the document leaves out, and says so', () => {
    const { spec, observed } = draftOf({}, { type: 'service', lifecycle: 'production' })
    expect(spec.owner).toBe('group:default/pay')
    expect(observed!.filter(({ fills }) => fills).map(({ fact }) => fact)).toEqual(['owner', 'owner', 'repository', 'path'])
  })
})
