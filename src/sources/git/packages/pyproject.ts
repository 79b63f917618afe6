import { parse as parseToml } from 'smol-toml'
import { fieldsOf } from '../entities/manifests.ts'
import { below, type Place, type Wish } from './graph.ts'
import { pypiName, pythonWishes } from './python-names.ts'

export interface PyProject {
  name: string | null
  private: boolean
  wishes: Wish[]
}

/**
 * A `pyproject.toml`: `[project]` and `[dependency-groups]` (packaging.python.org/en/latest/specifications), and what
 * Poetry, uv and PDM keep beside them. Groups are for development. Throws when the text is no TOML.
 */
export function readPyProject(text: string): PyProject {
  const fields = fieldsOf(parseToml(text))
  const project = fieldsOf(fields.project)
  const tool = fieldsOf(fields.tool)
  const poetry = fieldsOf(tool.poetry)
  const name = project.name ?? poetry.name
  const wishes = [
    ...pythonWishes(project.dependencies, false),
    ...listsIn(project['optional-dependencies']).flatMap((list) => pythonWishes(list, false)),
    ...poetryWishes(poetry.dependencies, false),
    ...listsIn(fields['dependency-groups']).flatMap((list) => pythonWishes(list, true)),
    ...pythonWishes(fieldsOf(tool.uv)['dev-dependencies'], true),
    ...listsIn(fieldsOf(tool.pdm)['dev-dependencies']).flatMap((list) => pythonWishes(list, true)),
    ...poetryWishes(poetry['dev-dependencies'], true),
    ...Object.entries(fieldsOf(poetry.group)).flatMap(([group, value]) => poetryWishes(fieldsOf(value).dependencies, group !== 'main')),
  ]
  const { classifiers } = project
  return {
    name: typeof name === 'string' ? pypiName(name) : null,
    private: Array.isArray(classifiers) && classifiers.some((one: unknown) => typeof one === 'string' && one.startsWith('Private ::')),
    wishes: strongest(wishes),
  }
}

/** The `pyproject.toml` of a folder; null when there is none, or it is broken. */
export function pyProjectAt(place: Place, folder: string): PyProject | null {
  const text = place.textOf(below(folder, 'pyproject.toml'))
  try {
    return text === undefined ? null : readPyProject(text)
  } catch {
    return null
  }
}

/** python-poetry.org/docs/pyproject: names with a range, a table, or a list of either. */
function poetryWishes(table: unknown, development: boolean): Wish[] {
  return Object.entries(fieldsOf(table)).flatMap(([name, value]): Wish[] => {
    if (name === 'python') return []
    const first: unknown = Array.isArray(value) ? value[0] : value
    const { version } = fieldsOf(first)
    return [{ name: pypiName(name), range: typeof first === 'string' ? first : typeof version === 'string' ? version : '', development }]
  })
}

function listsIn(table: unknown): unknown[] {
  return Object.values(fieldsOf(table))
}

/** Each name once: what is needed for more than development counts as that. */
export function strongest(wishes: readonly Wish[]): Wish[] {
  const kept = new Map<string, Wish>()
  for (const wish of wishes) {
    const other = kept.get(wish.name)
    if (!other || (other.development && !wish.development)) kept.set(wish.name, wish)
  }
  return [...kept.values()]
}
