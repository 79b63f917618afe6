import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from '../../../src/sources/git/log/text.ts'
import { foundIn } from '../../support/told-packages.ts'
import { textVariantsOf, variantsOf } from './variants.ts'

const ROUNDS = Number(process.env.ROUNDS ?? 1)
const SEEDS = Array.from({ length: ROUNDS }, (_, n) => 20_260_701 + n)
const MEGABYTE = 1024 * 1024

const toml = (name: string, more: string) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${more}\n`
/** A sound file of each format, and what stands beside it. */
const FORMATS: Readonly<Record<string, { text: string | object; beside?: Record<string, string> }>> = {
  'package-lock.json': {
    text: {
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { left: '^1.0.0' }, workspaces: ['a'] },
        a: { name: 'a', version: '1.0.0', dependencies: { left: '^1.0.0' } },
        'node_modules/a': { resolved: 'a', link: true },
        'node_modules/left': { version: '1.0.0', dependencies: { right: '1' }, peerDependenciesMeta: { x: { optional: true } } },
        'node_modules/right': { version: '2.0.0', dev: true, dependencies: { left: '1' } },
      },
    },
    beside: { 'a/package.json': '{"name":"a"}' },
  },
  'npm-shrinkwrap.json': {
    text: {
      lockfileVersion: 1,
      dependencies: { left: { version: '1.0.0', requires: { right: '1' }, dependencies: { right: { version: '2.0.0' } } } },
    },
    beside: { 'package.json': '{"name":"till","dependencies":{"left":"1"}}' },
  },
  'package.json': {
    text: {
      name: 'till',
      private: true,
      workspaces: ['a'],
      dependencies: { left: '^1.0.0', b: 'npm:c@1' },
      devDependencies: { d: '1.0.0' },
    },
  },
  'yarn.lock': {
    text: '# yarn lockfile v1\n\n"@s/x@^1.0.0", left@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    right "^2.0.0"\n\nright@^2.0.0:\n  version "2.0.0"\n  dependencies:\n    left "^1.0.0"\n',
    beside: { 'package.json': '{"name":"till","dependencies":{"left":"^1.0.0"}}' },
  },
  'yarn.lock of later Yarn': {
    text: '__metadata:\n  version: 8\n\n"left@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "left@npm:1.0.0"\n  dependencies:\n    till: "workspace:."\n\n"till@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "till@workspace:."\n  dependencies:\n    left: "npm:^1.0.0"\n',
    beside: { 'package.json': '{"name":"till","devDependencies":{"left":"^1.0.0"}}' },
  },
  'pnpm-lock.yaml': {
    text: "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      left:\n        specifier: ^1.0.0\n        version: 1.0.0(right@2.0.0)\n\npackages:\n\n  left@1.0.0:\n    resolution: {integrity: sha512-abc}\n\nsnapshots:\n\n  left@1.0.0(right@2.0.0):\n    dependencies:\n      right: 2.0.0\n\n  right@2.0.0:\n    dependencies:\n      left: 1.0.0(right@2.0.0)\n",
    beside: { 'package.json': '{"name":"till"}' },
  },
  'Cargo.lock': {
    text: `version = 4\n\n${toml('till', 'dependencies = ["left"]')}${toml('left', 'source = "registry+x"\ndependencies = ["right 1.0.0 (registry+x)"]')}${toml('right', 'source = "registry+x"\ndependencies = ["left"]')}`,
    beside: { 'Cargo.toml': '[package]\nname = "till"\n[dev-dependencies]\nleft = "1"\n' },
  },
  'Cargo.toml': {
    text: '[package]\nname = "till"\npublish = ["a"]\n[dependencies]\nleft = { version = "=1.0.0", package = "right" }\n[target."cfg(unix)".dependencies]\ndeep = "1"\n',
  },
  'poetry.lock': {
    text: `${toml('left', 'groups = ["main"]\n[package.dependencies]\nright = {version = "*"}\n')}${toml('right', '[package.dependencies]\nleft = "*"\n')}[metadata]\nlock-version = "2.1"\n`,
    beside: { 'pyproject.toml': '[tool.poetry.dependencies]\nleft = "^1"\n' },
  },
  'uv.lock': {
    text: `version = 1\n${toml('till', 'source = { virtual = "." }\ndependencies = [{ name = "left", extra = ["x"] }]')}${toml('left', 'source = { registry = "x" }\ndependencies = [{ name = "left" }]\n[package.optional-dependencies]\nx = [{ name = "left", version = "1.0.0" }]')}`,
  },
  'pyproject.toml': {
    text: '[project]\nname = "till"\ndependencies = ["left[x]>=1; python_version > \'3\'"]\n[dependency-groups]\ndev = ["right==2.0"]\n[tool.poetry.group.test.dependencies]\ndeep = [{version = "1"}]\n',
  },
  'bun.lock': {
    text: '{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": { "name": "till", "dependencies": { "left": "^1.0.0", }, },\n    "a": { "name": "a", "devDependencies": { "left": "1" } },\n  },\n  "packages": {\n    "left": ["left@1.0.0", "", { "dependencies": { "right": "2" } }, "sha512-a"],\n    "left/right": ["right@2.0.0", "", { "peerDependencies": { "left": "1" }, "optionalPeers": ["left"] }, "sha512-b"],\n    "a": ["a@workspace:a"],\n  }\n}\n',
    beside: { 'package.json': '{"name":"till"}' },
  },
  'pdm.lock': {
    text: `[metadata]\nlock_version = "4.5.0"\n${toml('left', 'groups = ["default"]\ndependencies = ["right>=1", "left[x]==1.0.0"]')}${toml('right', 'groups = ["test"]')}`,
    beside: { 'pyproject.toml': '[project]\nname = "till"\ndependencies = ["left"]\n' },
  },
  'pylock.toml': {
    text: 'lock-version = "1.0"\n[[packages]]\nname = "left"\nversion = "1.0.0"\ndependencies = [{ name = "right" }]\n[[packages]]\nname = "right"\n',
  },
  'gradle.lockfile': { text: 'l.m:left:1.0.0=compileClasspath,testCompileClasspath\nl.m:right:2.0=checkstyle\nempty=\n' },
  'Pipfile.lock': {
    text: { _meta: { sources: [] }, default: { left: { version: '==1.0.0' } }, develop: { right: { version: '==2.0.0' } } },
    beside: { Pipfile: '[packages]\nleft = "*"\n' },
  },
  Pipfile: { text: '[packages]\nleft = "==1.0.0"\nright = {git = "https://x"}\n[dev-packages]\ndeep = "*"\n' },
  'requirements.txt': {
    text: 'left[x]==1.0.0 \\\n  --hash=sha256:abc\n  # via\n  #   right\nright>=2 ; python_version < "4" # via -r requirements.in\n-r other.txt\n',
  },
  'go.mod': {
    text: 'module example.org/till\n\ngo 1.24\n\nrequire (\n\tleft.org/x v1.0.0\n\tright.org/y v2.0.0 // indirect\n)\nreplace left.org/x v1.0.0 => ../x\n',
  },
  'pom.xml': {
    text: '<project><groupId>org.till</groupId><artifactId>till</artifactId><version>1</version><parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version></parent><properties><v>2.0.0</v></properties><dependencyManagement><dependencies><dependency><groupId>l</groupId><artifactId>m</artifactId><version>${v}</version></dependency></dependencies></dependencyManagement><dependencies><dependency><groupId>l</groupId><artifactId>m</artifactId></dependency><dependency><groupId>n</groupId><artifactId>o</artifactId><scope>test</scope><version>${project.version}</version></dependency></dependencies></project>',
  },
}

/** A component of its own beside the broken file: its packages are told whatever happens there. */
const SOUND = { 'sound/go.mod': 'module example.org/sound\nrequire sound.org/dep v1.2.3\n' }

/** Everything that was told is what the store takes: short printable names and versions, every owner in one list only. */
function expectFit(files: Record<string, string>, where: string): void {
  const { files: found, publications, passedOver } = foundIn({ ...files, ...SOUND })
  expect(found.find(({ file }) => file === 'sound/go.mod')?.uses, where).toMatchObject([{ name: 'sound.org/dep', version: 'v1.2.3' }])
  for (const { file, uses, unread, components } of found) {
    expect(components.length, where).toBeGreaterThan(0)
    if (unread !== undefined) expect(passedOver.unread, where).toContainEqual({ file, because: unread })
    if (unread !== undefined) expect(unread, where).toMatch(/^\S.{0,200}$/)
    for (const { name, version, asked = '', because = '', direct, through, untold, development } of uses) {
      expect(name, where).toMatch(/^[!-~]{1,300}$/)
      expect(version ?? '1', where).toMatch(/^[!-~]{1,200}$/)
      expect(`${asked} ${because}`, where).toMatch(/^[^\n\0]{0,700}$/)
      const owners = [...direct, ...through, ...untold]
      expect(owners.length, where).toBeGreaterThan(0)
      expect(new Set(owners).size, where).toBe(owners.length)
      expect(owners, where).toEqual(expect.arrayContaining(development))
      expect(components, where).toEqual(expect.arrayContaining(owners))
    }
  }
  for (const { name } of publications) expect(name, where).toMatch(/^[!-~]{1,300}$/)
  expect(Object.hasOwn(Object.prototype, 'polluted'), where).toBe(false)
  expect(({} as { polluted?: unknown }).polluted, where).toBeUndefined()
}

describe.each(Object.entries(FORMATS))('%s', (named, { text, beside = {} }) => {
  const file = named.split(' ')[0]!

  test('as it should be tells packages', () => {
    const plain = typeof text === 'string' ? text : JSON.stringify(text)
    const { files, passedOver } = foundIn({ ...beside, [file]: plain })
    expect(passedOver.unread).toEqual([])
    expect(files.find((one) => one.file === file)?.uses.length).toBeGreaterThan(0)
  })

  test('broken or hostile costs itself alone', () => {
    const before = process.memoryUsage().rss
    for (const seed of SEEDS) {
      const variants = typeof text === 'string' ? textVariantsOf(text, seed) : variantsOf(text, seed)
      expect(variants).toHaveLength(50)
      for (const { name, body } of variants) {
        const started = performance.now()
        expectFit({ ...beside, [file]: readText(body).replace(/^\uFEFF/, '') }, `${named}, seed ${seed}: ${name}`)
        expect(performance.now() - started, `${named}, seed ${seed}: ${name}`).toBeLessThan(5_000)
      }
    }
    expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(400)
  })
})

test('whatever the texts, reading them comes to an end and tells what the store takes', () => {
  const names = Object.keys(FORMATS).map((name) => name.split(' ')[0]!)
  const words = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ':',
    '=',
    '\n',
    '  ',
    '"',
    "'",
    '@',
    '/',
    'left',
    '1.0.0',
    '[[package]]',
    'name',
    'version',
    '__proto__',
    'node_modules/',
    'packages',
    '<',
    '</',
    '>',
    '$',
    '=>',
    'require',
    '(',
    ')',
    '#',
    ' via ',
    '\\',
    '-',
    '\u0000',
    '\ud800',
  )
  const texts = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), texts, { maxKeys: 5 }), (files) => expectFit(files, JSON.stringify(files))),
    { numRuns: 500 },
  )
})

test('a hundred thousand packages that all need each other take seconds, not days', () => {
  const many = Array.from({ length: 100_000 }, (_, n) => n)
  const packages = Object.fromEntries(
    many.map((n) => [
      `node_modules/p${n}`,
      { version: '1.0.0', dependencies: { [`p${(n + 1) % 100_000}`]: '1', [`p${(n * 7) % 100_000}`]: '1' } },
    ]),
  )
  const alike = many.map((n) => toml('same', `source = "registry+x"\ndependencies = ["same", "same 1.0.0", "p${n}"]`)).join('')
  const started = performance.now()
  const [npm, cargo] = foundIn({
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { p0: '1' } }, ...packages } }),
    'Cargo.lock': alike,
    'poetry.lock': many.map(() => toml('same', '[package.dependencies]\nsame = "*"\n')).join(''),
  }).files.toSorted((one, other) => other.uses.length - one.uses.length)
  expect(npm!.uses).toHaveLength(100_000)
  expect(cargo!.uses).toHaveLength(1)
  expect((performance.now() - started) / 1000).toBeLessThan(30)
})
