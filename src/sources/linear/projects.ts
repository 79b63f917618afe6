import * as z from 'zod'
import { toRef } from '../../ground/core/index.ts'
import { reading, type ReadPayload, subjectStated, told } from '../../ground/intake/index.ts'
import { binnedAt, lifetimeOf, removed } from './lifetime.ts'
import type { LinearSettings } from './settings.ts'
import { event, Project } from './shapes.ts'

/** `Project`: what issues are parts of, as it stands after the event. */
export function readProjectEvent(body: unknown, settings: LinearSettings): ReadPayload {
  return reading(z.looseObject({ ...event, data: Project }), ({ action, createdAt, data }): ReadPayload => {
    const record = projectRecord(data, settings)
    const binned = binnedAt(action, createdAt, data)
    return told(binned === null ? record : removed(record, binned))
  })(body)
}

/** A project as a record, as webhook and GraphQL both tell it. */
export function projectRecord(project: Project, { projectSubject, initiatives }: LinearSettings): Record<string, unknown> {
  const subject = toRef(projectSubject, { kind: 'system' })
  return {
    kind: 'work_item',
    source: 'linear',
    id: projectId(project.id),
    subject: subject.ok ? subject.value : projectSubject,
    at: project.updatedAt,
    title: project.name,
    type: 'project',
    ...lifetimeOf(project.status.type, project),
    createdAt: project.createdAt,
    labels: project.labels?.map(({ name }) => name),
    url: project.url ?? undefined,
    refs: project.initiatives?.flatMap(({ name }) => subjectStated(name, initiatives) ?? []),
    none: ['deleted'],
  }
}

/** How issues name the project they are part of. */
export function projectId(id: string): string {
  return `project/${id}`
}
