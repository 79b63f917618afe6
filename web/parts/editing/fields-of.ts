import { troublesUnder } from './limits-field.tsx'
import type { Lint } from './lint.ts'

interface Form<Draft> {
  draft: Draft
  change: (part: Partial<Draft>) => void
  /** Whether saving was tried: only then is a field told off that has to be written and is empty. */
  tried: boolean
}

/** Ties fields to what is typed and to what is said of it: by the path of the document, `spec.<name>` unless another is given. */
export function fieldsOf<Draft>({ draft, change, tried }: Form<Draft>, lint: Lint) {
  const bind = <Name extends keyof Draft>(name: Name) => ({
    value: draft[name],
    onChange: (value: Draft[Name]) => change({ [name]: value } as unknown as Partial<Draft>),
  })
  const one = <Name extends keyof Draft & string>(name: Name, ...paths: string[]) => {
    const places = paths.length > 0 ? paths : [`spec.${name}`]
    const told = (messages: ReadonlyMap<string, string>) => places.flatMap((path) => messages.get(path) ?? [])[0]
    return { ...bind(name), error: told(lint.errors), advice: told(lint.advice) }
  }
  return {
    /** A field of one value. */
    one,
    /** One that has to be written: as long as nobody has, it is not told off. */
    needed: <Name extends keyof Draft & string>(name: Name, ...paths: string[]) => {
      const field = one(name, ...paths)
      return tried || draft[name] !== '' ? field : { ...field, error: undefined }
    },
    /** A list of things, with all that is said below its path. */
    many: <Name extends keyof Draft & string>(name: Name, path = `spec.${name}`) => {
      const { value, onChange } = bind(name)
      return { items: value, onChange, error: troublesUnder(lint.errors, path) ?? troublesUnder(lint.advice, path) }
    },
  }
}
