import { asyncApi } from './asyncapi.ts'
import { compass } from './compass.ts'
import { cortex } from './cortex.ts'
import { datadog } from './datadog.ts'
import { openApi } from './openapi.ts'
import { opsLevel } from './opslevel.ts'
import type { Portal } from './portal.ts'
import { score } from './score.ts'

/** Every other tool whose files are read. The first that recognises a document reads it: Cortex writes OpenAPI too. */
const PORTALS: readonly Portal[] = [compass, cortex, opsLevel, datadog, score, openApi, asyncApi]

/** Names that belong to one of the tools, and to others as well. */
const NAMED = /(?:^|\/)(?:(?:compass|cortex|opslevel|score)\.ya?ml|(?:[^/]*\.)?datadog\.ya?ml)$/i
const DEFINITION_NAME = /(?:openapi|swagger|asyncapi)[^/]*\.(?:ya?ml|json)$/i
/** Folders whose definitions are there to be tested with. */
const TRIED_ON =
  /(?:^|\/)(?:tests?|__tests__|test[-_]?data|fixtures?|__fixtures__|mocks?|__mocks__|examples?|samples?|vendor|third[_-]party)\//i

/** Which tools a file may be for, by its name and what it says. `named`: somebody asks for this very file. */
export function portalsOf(path: string, text: string, named: boolean): Portal[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return PORTALS.filter(({ files, sign, definition }) => files.test(name) && (named || !definition || !isTriedOn(path)) && sign.test(text))
}

/** Whether a file is called as one of the tools wants its files to be called. */
export function isPortalName(path: string): boolean {
  return NAMED.test(path)
}

/** Whether a file is called as definitions of APIs are. */
export function isDefinitionName(path: string): boolean {
  return DEFINITION_NAME.test(path) && !isTriedOn(path)
}

/** Whether a file lies where things are kept to be tried on. */
export function isTriedOn(path: string): boolean {
  return TRIED_ON.test(path)
}
