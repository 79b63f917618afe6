import { Refusal } from '../../ground/core/index.ts'
import type { Intake, Parsed } from '../../ground/intake/index.ts'
import { applyAgain, type Mapping, mappingNameOf, parseMapping } from '../../sources/tables/index.ts'

const PREFIX = 'mapping:'
/** Mappings kept at most: there is one for each shape of file, not for each file. */
const MOST = 500

type Settings = Pick<Intake, 'setting' | 'setSetting' | 'settings' | 'removeSetting'>

/** Mappings kept by name, so that the next file of the same shape needs nothing. */
export async function keptMappings(intake: Settings): Promise<Mapping[]> {
  return [...(await intake.settings<unknown>(PREFIX)).values()].flatMap((value) => {
    const read = parseMapping(value)
    return read.ok ? [read.value] : [] // kept by a version that wrote another form
  })
}

/** Refuses with `mapping.unknown`. */
export async function keptMapping(intake: Settings, name: string): Promise<Mapping> {
  const read = parseMapping(await intake.setting(PREFIX + name))
  if (!read.ok) throw noSuchMapping(name)
  return read.value
}

export async function keepMapping(intake: Settings, mapping: Mapping): Promise<void> {
  const known = await intake.settings(PREFIX)
  if (known.size >= MOST && !known.has(mapping.name))
    throw new Refusal('mapping.too_many', `${MOST} mappings are kept, no more.`, { fix: 'Remove one that is not used any more.' })
  await intake.setSetting(PREFIX + mapping.name, mapping)
}

export async function forgetMapping(intake: Settings, name: string): Promise<void> {
  if (!(await intake.removeSetting(PREFIX + name))) throw noSuchMapping(name)
}

/** Reads rows that were refused once more, by the mapping as it is kept now. */
export function againBy(intake: Settings): (raw: string) => Promise<Parsed[]> {
  return async (raw) => {
    const name = mappingNameOf(raw)
    const mapping = name === null ? null : parseMapping(await intake.setting(PREFIX + name))
    if (mapping?.ok) return [applyAgain(raw, mapping.value)]
    const message = name === null ? 'This could not be read as a row' : `The mapping ${name} is not kept any more`
    const fix = 'Import the file again when it is corrected, and discard this.'
    return [{ reject: { raw, problem: { code: 'table.unreadable', severity: 'error', message, fix } } }]
  }
}

function noSuchMapping(name: string): Refusal {
  return new Refusal('mapping.unknown', `No mapping is kept as "${name.slice(0, 100)}".`, {
    status: 404,
    fix: 'GET /api/mappings lists those that are.',
  })
}
