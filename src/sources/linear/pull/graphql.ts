import * as z from 'zod'
import { Refusal } from '../../../ground/core/index.ts'
import { type Remote, type RemoteAnswer, shaped } from '../../../ground/intake/index.ts'

const GraphError = z.looseObject({
  message: z.string().default('It gives no reason.'),
  extensions: z
    .looseObject({ type: z.string().optional(), code: z.string().optional(), userPresentableMessage: z.string().optional() })
    .default({}),
})
const Answer = z.looseObject({ data: z.unknown().optional(), errors: z.array(GraphError).nullish() })
type GraphError = z.infer<typeof GraphError>

/**
 * Asks Linear's GraphQL API (linear.app/developers/graphql). Errors come in the body, with 200 or 400; being over a limit is seen
 * to before this reads anything.
 * @param allow whether an error is an answer here: then null is given
 */
export async function ask<S extends z.ZodType>(
  remote: Remote,
  schema: S,
  query: string,
  variables: Record<string, unknown>,
  allow: (error: GraphError) => boolean = () => false,
): Promise<z.output<S> | null> {
  const answer = await remote.post('/graphql', { query, variables }, { allow: [400] })
  if (answer.body === null) throw new Refusal('pull.not_json', `Linear answers ${answer.status} without saying why.`, { status: 502 })
  const { data, errors } = shaped(Answer, answer)
  const [error] = errors ?? []
  if (error && allow(error)) return null
  if (error) throw refusalOf(error, answer)
  return shaped(schema, { ...answer, body: data })
}

/** What is wrong with the value of an argument, such as the name of a page that is not known any more. */
export function isBadArgument({ extensions: { type, code } }: GraphError): boolean {
  return type === 'invalid input' || code === 'INPUT_ERROR' || code === 'INVALID_INPUT'
}

function refusalOf(
  { message, extensions: { type = '', code = '', userPresentableMessage } }: GraphError,
  { status }: RemoteAnswer,
): Refusal {
  const said = (userPresentableMessage ?? message).replace(/\s+/g, ' ').slice(0, 200)
  const means = `${type} ${code}`.toLowerCase()
  if (/authentication/.test(means))
    return new Refusal('pull.unauthorized', `Linear does not accept the API key. It says: ${said}`, {
      status: 502,
      fix: 'Make a new API key there and give it (throughline sources secret <id> --secret apiKey=…), then resume reading.',
    })
  if (/forbidden|not accessible/.test(means))
    return new Refusal('pull.forbidden', `Linear does not let the API key see this. It says: ${said}`, {
      status: 502,
      fix: 'Give the key the permission Read and access to the teams that are meant, then resume reading.',
    })
  // What went wrong over there may go right next time.
  if (/internal|network|lock timeout/.test(means))
    return new Refusal('pull.server_error', `Linear could not answer. It says: ${said}`, { status: 502 })
  return new Refusal('pull.refused', `Linear answers ${status} with an error. It says: ${said}`, {
    status: 502,
    fix: 'See what it says; correct the settings, then resume reading.',
  })
}
