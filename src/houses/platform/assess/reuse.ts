import type { Ref } from '../../../ground/core/index.ts'

/** What the catalogue says of a component, as far as reuse goes. */
export interface ComponentFacts {
  ref: Ref
  title: string
  owner: Ref | null
  /** Capabilities it provides. */
  provides: readonly string[]
  /** Declared as meant for others. */
  platform: boolean
  dependsOn: readonly Ref[]
  providesApis: readonly Ref[]
  consumesApis: readonly Ref[]
}

/** One component that needs one capability. */
export interface Need {
  component: Ref
  capability: string
  /** Met when a shared provider is used, and not met when the component builds its own beside another provider. */
  met: boolean
  /** The shared provider it uses, or those it could have used. */
  providers: Ref[]
}

/** One capability with those who provide it. */
export interface Capability {
  name: string
  providers: { ref: Ref; shared: boolean; users: Ref[] }[]
}

/**
 * Who provides what to whom. A provider is *shared* when it is declared as a platform (type, tag or annotation), or
 * when a component of another owner depends on it or on an API it provides.
 */
export function capabilitiesIn(components: readonly ComponentFacts[]): Capability[] {
  const ownerOf = new Map(components.map((component) => [component.ref, component.owner]))
  const names = [...new Set(components.flatMap((component) => component.provides))].sort()
  return names.map((name) => ({
    name,
    providers: components
      .filter((component) => component.provides.includes(name))
      .map((provider) => {
        const users = components.filter((component) => uses(component, provider)).map((component) => component.ref)
        const foreign = users.some((user) => ownerOf.get(user) === null || ownerOf.get(user) !== provider.owner)
        return { ref: provider.ref, shared: provider.platform || foreign, users }
      }),
  }))
}

/**
 * The needs that declared capabilities make visible. A component needs a capability when it uses a component that
 * provides it, or provides it itself. The need is met when what it uses is shared; it is not met when the component
 * builds its own, or uses its own team's private one, although somebody else provides it too. A shared provider has no
 * need of its own capability, and where there is only one provider nothing else could have been reused.
 */
export function needsIn(components: readonly ComponentFacts[]): Need[] {
  return capabilitiesIn(components).flatMap(({ name, providers }) => {
    const shared = providers.filter((provider) => provider.shared).map((provider) => provider.ref)
    return components.flatMap((component): Need[] => {
      const own = providers.find((provider) => provider.ref === component.ref)
      if (own?.shared) return []
      if (own) {
        const others = providers.filter((provider) => provider.ref !== component.ref).map((provider) => provider.ref)
        return others.length === 0
          ? []
          : [{ component: component.ref, capability: name, met: false, providers: shared.length > 0 ? shared : others }]
      }
      const used = providers.filter((provider) => provider.users.includes(component.ref)).map((provider) => provider.ref)
      if (used.length === 0) return []
      const usedShared = used.filter((ref) => shared.includes(ref))
      if (usedShared.length > 0) return [{ component: component.ref, capability: name, met: true, providers: usedShared }]
      const others = providers.filter((provider) => !used.includes(provider.ref)).map((provider) => provider.ref)
      return others.length === 0 ? [] : [{ component: component.ref, capability: name, met: false, providers: others }]
    })
  })
}

function uses(component: ComponentFacts, provider: ComponentFacts): boolean {
  if (component.ref === provider.ref) return false
  return (
    component.dependsOn.includes(provider.ref) ||
    provider.providesApis.some((api) => component.consumesApis.includes(api) || component.dependsOn.includes(api))
  )
}
