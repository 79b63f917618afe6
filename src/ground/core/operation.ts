import type * as z from 'zod'

/** What a caller may do. `admin` may do everything. */
export type Scope = 'admin' | 'read' | 'write' | 'evidence:write' | 'gate'

/** Who acts: a token's person, or the person at the machine when no token exists. */
export interface Caller {
  /** Ref of the person, `user:default/…`. */
  person: string
  scopes: readonly Scope[]
}

/**
 * One thing the product can do, described once: HTTP routes, OpenAPI, the typed web client and
 * the command line follow from it. Houses never see HTTP.
 */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, C = never, Id extends string = string> {
  /** `measure.read`; also the OpenAPI operationId. */
  id: Id
  method: 'get' | 'post' | 'put' | 'delete'
  /** Below `/api`, with `{name}` for path inputs; `{name+}` takes the rest of the path, slashes included. */
  path: string
  /** `link`: open to whoever holds the secret of a share link; the operation itself looks at it. */
  scope: Scope | 'link'
  /** One sentence for people. */
  summary: string
  /** Path, query and body as one flat object; path and query values arrive as text (use z.coerce). */
  input: I
  output: O
  /** Set when the work changes something: the door writes an audit entry with this verb. */
  audit?: string
  /**
   * Set where an answer is costly and the same for every caller: the door may repeat it for half a minute while nothing is
   * written, and give an older one to whoever says that it will do.
   */
  keep?: true
  /** Set beside `keep` where people should not be the ones who wait: the answer is made anew in the background while it is asked for. */
  keepWarm?: true
  /** Largest body in bytes; 1 MB unless said. */
  bodyLimit?: number
  run: (ask: z.output<I>, context: C & { caller: Caller }) => Promise<z.input<O>>
}

/** Describes an operation; exists for its types, the id included: the web client is derived from them. */
export function operation<I extends z.ZodType, O extends z.ZodType, C, const Id extends string>(
  description: Operation<I, O, C, Id>,
): Operation<I, O, C, Id> {
  return description
}
