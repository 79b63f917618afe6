import type { Locked, PackageGraph, Place } from './graph.ts'

/** What is built or run with, tests apart: `runtimeClasspath`, `releaseCompileClasspath`. */
const BUILT = /(?:^c|C)ompileClasspath$|(?:^r|R)untimeClasspath$/
const TEST = /test/i

/**
 * `gradle.lockfile` and `buildscript-gradle.lockfile` (docs.gradle.org/current/userguide/dependency_locking.html): a line a
 * module, `group:name:version=configurations`. Which of them the build itself asks for is not written there.
 */
export function readGradleLock(text: string, { folder }: Place): PackageGraph {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  const entries = lines.filter((line) => !line.startsWith('#') && !line.startsWith('empty='))
  const packages = entries.flatMap((line): Locked[] => {
    const [, group, artifact, version, configurations] = /^([^:=\s]+):([^:=\s]+):([^:=\s]+)=(.*)$/.exec(line) ?? []
    if (configurations === undefined) return []
    const isBuilt = configurations.split(',').some((one) => BUILT.test(one) && !TEST.test(one))
    return [{ name: `${group}:${artifact}`, version: version!, needs: [], ...(isBuilt ? {} : { development: true }) }]
  })
  if (packages.length === 0 && !lines.some((line) => line.startsWith('empty='))) throw new Error('it lists no modules')
  return { ecosystem: 'maven', packages, projects: [{ folder, asks: null }] }
}
