import type { WrittenBy } from './attributes.ts'

/** Files that tools write from others: lock files, by name. */
const LOCK_FILES = new Set(
  `
    .terraform.lock.hcl bun.lock bun.lockb cargo.lock composer.lock conan.lock deno.lock flake.lock gemfile.lock go.sum
    go.work.sum gopkg.lock gradle.lockfile mix.lock npm-shrinkwrap.json package-lock.json package.resolved
    packages.lock.json paket.lock pdm.lock pipfile.lock pnpm-lock.yaml podfile.lock poetry.lock pubspec.lock uv.lock
    yarn.lock
  `
    .trim()
    .split(/\s+/),
)

/** Folders that hold what others wrote, or what a build wrote. */
const FOLDERS = new Set([
  'vendor',
  'vendored',
  'third_party',
  'third-party',
  'thirdparty',
  'node_modules',
  'bower_components',
  'jspm_packages',
  'dist',
  '__generated__',
  '__snapshots__',
  '.yarn',
  'carthage',
  'pods',
  'godeps',
])

/** Endings and beginnings generators give their files. */
const NAMES: readonly RegExp[] = [
  /\.min\.(?:js|css|mjs|cjs)$/,
  /\.(?:js|css|mjs|cjs)\.map$/,
  /\.(?:generated|gen|g)\.[a-z0-9]+$/,
  /[._-](?:generated|autogen)\.[a-z0-9]+$/,
  /\.pb(?:\.gw)?\.(?:go|cc|h|swift|rb|dart)$|_pb2(?:_grpc)?\.pyi?$|_pb\.(?:js|d\.ts|rb)$|\.pbjson\.dart$/,
  /^(?:zz_)?generated[._]|^bindata\.go$/,
  /\.(?:designer|g\.i)\.(?:cs|vb)$/,
  /\.snap$/,
]

const REMEMBERED = 100_000

/**
 * Tells generated and vendored files from those people write, by path alone: `.gitattributes` of HEAD first
 * (`linguist-generated`, `linguist-vendored`, both ways), then lock files, folders such as `vendor` and `dist`, and
 * names such as `*.min.js` and `*.pb.go`. Letters' case does not matter.
 */
export function generatedBy(attributes: WrittenBy): (path: string) => boolean {
  const known = new Map<string, boolean>()
  return (path) => {
    let generated = known.get(path)
    if (generated === undefined) {
      const said = attributes(path)
      generated = said === undefined ? looksGenerated(path) : said === 'machine'
      if (known.size >= REMEMBERED) known.clear()
      known.set(path, generated)
    }
    return generated
  }
}

function looksGenerated(path: string): boolean {
  const segments = path.toLowerCase().split('/')
  const name = segments.pop()!
  return LOCK_FILES.has(name) || segments.some((folder) => FOLDERS.has(folder)) || NAMES.some((rule) => rule.test(name))
}
