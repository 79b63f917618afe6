import type { Publication } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import { readCargoToml } from './cargo.ts'
import { modulePath } from './go-mod.ts'
import { below } from './graph.ts'
import type { Poms } from './maven.ts'
import { readPackageJson } from './npm-manifest.ts'
import { readPyProject } from './pyproject.ts'

type Named = Pick<Publication, 'ecosystem' | 'private'> & { name: string | null }

const READERS: Readonly<Record<string, (text: string, path: string, poms: Poms) => Named>> = {
  'package.json': (text) => ({ ecosystem: 'npm', ...readPackageJson(text) }),
  'Cargo.toml': (text) => {
    const manifest = readCargoToml(text)
    return { ecosystem: 'cargo', name: manifest?.name ?? null, private: manifest?.private ?? false }
  },
  'pyproject.toml': (text) => ({ ecosystem: 'pypi', ...readPyProject(text) }),
  'go.mod': (text) => ({ ecosystem: 'golang', name: modulePath(text) }),
  'pom.xml': (_, path, poms) => ({ ecosystem: 'maven', name: poms.nameOf(path) }),
}

const NAME = /^[!-~]{1,300}$/

/** Under which names others can ask for the components of a repository: those of the manifests in their own folders. */
export function publicationsOf(
  components: readonly { ref: Ref; path: string | null }[],
  textOf: (path: string) => string | undefined,
  poms: Poms,
): Publication[] {
  return components.flatMap(({ ref, path }) =>
    Object.entries(READERS).flatMap(([file, read]): Publication[] => {
      const at = below(path ?? '', file)
      const text = textOf(at)
      if (text === undefined) return []
      try {
        const named = read(text, at, poms)
        if (named.name === null || !NAME.test(named.name)) return []
        return [{ component: ref, ecosystem: named.ecosystem, name: named.name, file: at, ...(named.private ? { private: true } : {}) }]
      } catch {
        return [] // its fault is told where its packages are read
      }
    }),
  )
}
