import { formatRef, type Ref, refName, refNamespace } from '../../../../ground/core/index.ts'
import { refFrom, type TelemetryResource } from '../../../../ground/intake/index.ts'

/** Services that are counted: nobody runs more, and whoever makes up names must not fill the store. */
export const MOST_SERVICES = 2_000
/** What the specification calls a service that does not say its name (OpenTelemetry, "Semantic Attributes with SDK-provided Default Value"). */
const UNNAMED = 'unknown_service'

/**
 * The component a service is: the one declared under its `service.namespace` and `service.name`, else that of its name in
 * the default namespace, declared or not. Remembered by resource, since thousands of spans share one.
 */
export class Services {
  readonly #declared: ReadonlySet<Ref>
  readonly #known: Set<Ref>
  readonly #refs = new WeakMap<TelemetryResource, Ref | null>()

  constructor(declared: ReadonlySet<Ref>, known: Set<Ref>) {
    this.#declared = declared
    this.#known = known
  }

  /** Null where there are too many services already. */
  of(resource: TelemetryResource): Ref | null {
    let ref = this.#refs.get(resource)
    if (ref === undefined) this.#refs.set(resource, (ref = this.#find(resource)))
    return ref
  }

  /** The component another service names by its `service.name`. */
  named(name: string, beside: Ref): Ref {
    const near = refFrom('component', name, refNamespace(beside))
    return this.#declared.has(near) ? near : refFrom('component', name)
  }

  #find({ service, namespace }: TelemetryResource): Ref | null {
    const plain = refFrom('component', service ?? UNNAMED)
    const within = namespace === null ? plain : formatRef({ kind: 'component', namespace: namespaceOf(namespace), name: refName(plain) })
    const ref = this.#declared.has(within) ? within : plain
    if (!this.#known.has(ref) && this.#known.size >= MOST_SERVICES) return null
    this.#known.add(ref)
    return ref
  }
}

function namespaceOf(text: string): string {
  return (
    refName(refFrom('namespace', text))
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'default'
  )
}
